// Tensors as handles, and errors as codes: what the parts of the door share.
#pragma once
#include <ATen/core/Tensor.h>

#include <atomic>
#include <string>

namespace decant {

inline thread_local std::string last_error;
inline std::atomic<int64_t> live{0};

template <class F>
int guarded(F&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::Error& e) {
        last_error = e.what_without_backtrace();
    } catch (const std::exception& e) {
        last_error = e.what();
    } catch (...) {
        last_error = "unknown native error";
    }
    return 1;
}

using Owned = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

inline at::Tensor borrow(void* handle) {
    return at::Tensor(Owned::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

// An undefined tensor (an absent gradient, say) is a null handle.
inline void* give(at::Tensor&& t) {
    if (!t.defined()) return nullptr;
    live.fetch_add(1, std::memory_order_relaxed);
    return t.unsafeReleaseTensorImpl();
}

}  // namespace decant
