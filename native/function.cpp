// Recorded steps whose gradient the caller computes.
#include "decant.h"
#include "handles.h"

#include <torch/csrc/autograd/custom_function.h>

#include <vector>

using namespace decant;

namespace {

// What a step of the caller's needs for its backward pass; lives as long as a graph holds the step.
struct Step : torch::CustomClassHolder {
    int64_t key;
    decant_gradient gradient;
    decant_release release;

    Step(int64_t key, decant_gradient gradient, decant_release release) : key(key), gradient(gradient), release(release) {}
    ~Step() override { release(key); }
};

struct CallerFunction : torch::autograd::Function<CallerFunction> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, at::TensorList inputs, void* value, const c10::intrusive_ptr<Step>& step) {
        context->saved_data["step"] = c10::IValue::make_capsule(step);
        context->saved_data["inputs"] = static_cast<int64_t>(inputs.size());
        return borrow(value);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list grads) {
        auto step = c10::static_intrusive_pointer_cast<Step>(context->saved_data["step"].toCapsule());
        auto inputs = context->saved_data["inputs"].toInt();
        std::vector<void*> results(inputs);
        TORCH_CHECK(step->gradient(step->key, give(std::move(grads[0])), results.data(), static_cast<int>(inputs)) == 0, "a gradient function failed");
        torch::autograd::variable_list out(inputs + 2);  // `value` and `step` have none
        for (int64_t i = 0; i < inputs; ++i)
            if (results[i]) {
                out[i] = borrow(results[i]);
                decant_free(results[i]);
            }
        return out;
    }
};

}  // namespace

extern "C" int decant_function(void* value, void* const* inputs, int n, int64_t key, decant_gradient gradient, decant_release release, void** output) {
    return guarded([&] {
        auto step = c10::make_intrusive<Step>(key, gradient, release);
        std::vector<at::Tensor> list;
        for (int i = 0; i < n; ++i) list.push_back(borrow(inputs[i]));
        *output = give(CallerFunction::apply(at::TensorList(list), value, step));
    });
}
