#include "arena.h"
#include "decant.h"
#include "handles.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/api/include/torch/version.h>
#include <torch/csrc/autograd/autograd.h>
#include <sys/mman.h>

#include <cstring>
#include <string>

using namespace decant;

namespace {

const bool arena_installed = (decant_install_arena(), true);

c10::IValue optional_tensors(void** handles, int64_t n) {
    c10::List<c10::optional<at::Tensor>> list;
    list.reserve(n);
    for (int64_t i = 0; i < n; ++i)
        list.push_back(handles[i] ? c10::optional<at::Tensor>(borrow(handles[i])) : c10::optional<at::Tensor>());
    return list;
}

c10::IValue tensors(void** handles, int64_t n) {
    c10::List<at::Tensor> list;
    list.reserve(n);
    for (int64_t i = 0; i < n; ++i) list.push_back(borrow(handles[i]));
    return list;
}

double as_double(int64_t bits) {
    double d;
    std::memcpy(&d, &bits, sizeof d);
    return d;
}

c10::IValue to_ivalue(const decant_value& v) {
    switch (v.tag) {
        case DECANT_NONE: return {};
        case DECANT_TENSOR: return borrow(reinterpret_cast<void*>(v.a));
        case DECANT_INT: return v.a;
        case DECANT_DOUBLE: return as_double(v.a);
        case DECANT_BOOL: return v.a != 0;
        case DECANT_INT_LIST: return c10::IntArrayRef(reinterpret_cast<const int64_t*>(v.a), v.b);
        case DECANT_DOUBLE_LIST: return at::ArrayRef<double>(reinterpret_cast<const double*>(v.a), v.b);
        case DECANT_TENSOR_LIST: return tensors(reinterpret_cast<void**>(v.a), v.b);
        case DECANT_OPTIONAL_TENSOR_LIST: return optional_tensors(reinterpret_cast<void**>(v.a), v.b);
        case DECANT_STRING: return std::string(reinterpret_cast<const char*>(v.a), v.b);
        case DECANT_DEVICE:
            return v.a == 1 ? c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(v.b))
                            : c10::Device(c10::DeviceType::CPU);
        default: TORCH_CHECK(false, "unknown argument tag ", v.tag);
    }
}

struct Results {
    decant_value* slots;
    int capacity;
    int count = 0;

    void add(int64_t tag, int64_t a) {
        TORCH_CHECK(count < capacity, "the operator returns more than ", capacity, " values");
        slots[count++] = {tag, a, 0};
    }
    void add(at::Tensor&& t) {
        TORCH_CHECK(count < capacity, "the operator returns more than ", capacity, " values");
        void* handle = give(std::move(t));
        add(handle ? DECANT_TENSOR : DECANT_NONE, reinterpret_cast<int64_t>(handle));
    }
    void add(c10::IValue&& v) {
        if (v.isTensor()) {
            add(std::move(v).toTensor());
        } else if (v.isTensorList()) {
            for (at::Tensor& t : v.toTensorVector()) add(std::move(t));
        } else if (v.isInt()) {
            add(DECANT_INT, v.toInt());
        } else if (v.isBool()) {
            add(DECANT_BOOL, v.toBool());
        } else if (v.isDouble()) {
            double d = v.toDouble();
            int64_t bits;
            std::memcpy(&bits, &d, sizeof bits);
            add(DECANT_DOUBLE, bits);
        } else {
            TORCH_CHECK(v.isNone(), "an operator result of kind ", v.tagKind(), " is not supported");
            add(DECANT_NONE, 0);
        }
    }
    void drop() {
        for (int i = 0; i < count; ++i)
            if (slots[i].tag == DECANT_TENSOR) decant_free(reinterpret_cast<void*>(slots[i].a));
        count = 0;
    }
};

}  // namespace

extern "C" {

const char* decant_error() { return last_error.c_str(); }

int decant_operator(const char* name, const char* overload, void** op) {
    return guarded([&] {
        *op = new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
    });
}

int decant_call(void* op, const decant_value* args, int n_args, decant_value* results, int capacity, int* n_results) {
    Results out{results, capacity};
    int code = guarded([&] {
        auto& handle = *static_cast<c10::OperatorHandle*>(op);
        auto& wanted = handle.schema().arguments();
        torch::jit::Stack stack;
        stack.reserve(wanted.size());
        for (int i = 0; i < n_args; ++i) stack.push_back(to_ivalue(args[i]));
        for (size_t i = n_args; i < wanted.size(); ++i) {
            TORCH_CHECK(wanted[i].default_value(), handle.schema().name(), " needs its argument '", wanted[i].name(), "'");
            stack.push_back(*wanted[i].default_value());
        }
        handle.callBoxed(&stack);
        for (auto& v : stack) out.add(std::move(v));
    });
    if (code != 0) out.drop();
    *n_results = out.count;
    return code;
}

int decant_from_bytes(const void* data, int64_t bytes, int dtype, const int64_t* sizes, int n_sizes, void** tensor) {
    return guarded([&] {
        auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype));
        at::Tensor t = at::empty(c10::IntArrayRef(sizes, n_sizes), options);
        auto needed = static_cast<int64_t>(t.nbytes());
        TORCH_CHECK(needed == bytes, "the shape needs ", needed, " bytes, ", bytes, " were given");
        if (bytes) std::memcpy(t.data_ptr(), data, bytes);
        *tensor = give(std::move(t));
    });
}

int decant_untouched_zeros(const int64_t* sizes, int n_sizes, void** tensor) {
    return guarded([&] {
        c10::IntArrayRef shape(sizes, n_sizes);
        size_t bytes = c10::multiply_integers(shape) * sizeof(float);
        void* at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        TORCH_CHECK(at != MAP_FAILED, "no memory for ", bytes, " bytes");
        madvise(at, bytes, MADV_NOHUGEPAGE);  // a huge page would come whole for one row
        *tensor = give(at::from_blob(at, shape, [bytes](void* p) { munmap(p, bytes); }, at::kFloat));
    });
}

void decant_free(void* tensor) {
    if (!tensor) return;
    live.fetch_sub(1, std::memory_order_relaxed);
    Owned::reclaim(static_cast<c10::TensorImpl*>(tensor));
}

int64_t decant_live() { return live.load(std::memory_order_relaxed); }

int decant_describe(void* tensor, int* dtype, int* device, int* device_index, int* n_sizes, const int64_t** sizes) {
    return guarded([&] {
        auto* t = static_cast<c10::TensorImpl*>(tensor);
        *dtype = static_cast<int>(c10::typeMetaToScalarType(t->dtype()));
        *device = t->device().is_cuda() ? 1 : 0;
        *device_index = t->device().index();
        *n_sizes = static_cast<int>(t->dim());
        *sizes = t->sizes().data();
    });
}

int decant_data(void* tensor, void** data) {
    return guarded([&] {
        at::Tensor t = borrow(tensor);
        TORCH_CHECK(t.device().is_cpu() && t.is_contiguous(), "the bytes of a tensor can be reached only on the CPU and when contiguous");
        *data = t.data_ptr();
    });
}

int decant_set_requires_grad(void* tensor, int value) {
    return guarded([&] { borrow(tensor).set_requires_grad(value != 0); });
}

int decant_requires_grad(void* tensor, int* value) {
    return guarded([&] { *value = borrow(tensor).requires_grad(); });
}

int decant_grad(void* tensor, void** grad) {
    return guarded([&] { *grad = give(at::Tensor(borrow(tensor).grad())); });
}

int decant_set_grad(void* tensor, void* grad) {
    return guarded([&] { borrow(tensor).mutable_grad() = grad ? borrow(grad) : at::Tensor(); });
}

int decant_backward(void* const* handles, int n, int retain_graph) {
    return guarded([&] {
        torch::autograd::variable_list roots;
        for (int i = 0; i < n; ++i) roots.push_back(borrow(handles[i]));
        torch::autograd::backward(roots, {}, retain_graph != 0);
    });
}

int decant_gradients(void* const* roots, void* const* root_grads, int n_roots, void* const* leaves, int n_leaves, void** grads) {
    return guarded([&] {
        torch::autograd::variable_list outputs, given, inputs;
        for (int i = 0; i < n_roots; ++i) {
            outputs.push_back(borrow(roots[i]));
            given.push_back(borrow(root_grads[i]));
        }
        for (int i = 0; i < n_leaves; ++i) inputs.push_back(borrow(leaves[i]));
        auto results = torch::autograd::grad(outputs, inputs, given, /*retain_graph=*/false, /*create_graph=*/false, /*allow_unused=*/true);
        for (int i = 0; i < n_leaves; ++i) grads[i] = give(std::move(results[i]));
    });
}

int decant_grad_mode(int set, int value) {
    int old = c10::GradMode::is_enabled();
    if (set) c10::GradMode::set_enabled(value != 0);
    return old;
}

int decant_threads(int set) {
    guarded([&] {
        if (set > 0) at::set_num_threads(set);
    });
    return at::get_num_threads();
}

int decant_cuda_devices() {
    int devices = 0;
    guarded([&] {
        if (at::hasCUDA()) devices = static_cast<int>(at::detail::getCUDAHooks().getNumGPUs());
    });
    return devices;
}

const char* decant_torch_version() { return TORCH_VERSION; }

const char* decant_torch_config() {
    static const std::string config = at::show_config();
    return config.c_str();
}

}  // extern "C"
