// The C door to libtorch: any ATen operator by name, tensors as owned handles, autograd.
// No function throws; a non-zero return means failure, told by decant_error().
#pragma once
#include <stdint.h>

#define DECANT_API __attribute__((visibility("default")))

extern "C" {

// What a value is. `a` holds the integer, the bits of the double, or a pointer; `b` a length or a device index.
enum decant_tag : int64_t {
    DECANT_NONE = 0,
    DECANT_TENSOR = 1,                 // a: tensor handle (borrowed as an argument, owned as a result)
    DECANT_INT = 2,                    // a: value (also dtype, layout and memory format numbers)
    DECANT_DOUBLE = 3,                 // a: bits of the value
    DECANT_BOOL = 4,                   // a: 0 or 1
    DECANT_INT_LIST = 5,               // a: int64_t*, b: length
    DECANT_TENSOR_LIST = 6,            // a: void** of handles, b: length
    DECANT_STRING = 7,                 // a: UTF-8 bytes, b: length
    DECANT_DEVICE = 8,                 // a: 0 CPU, 1 CUDA; b: index
    DECANT_DOUBLE_LIST = 9,            // a: double*, b: length
    DECANT_OPTIONAL_TENSOR_LIST = 10,  // like TENSOR_LIST; a null handle is None
};

struct decant_value {
    int64_t tag;
    int64_t a;
    int64_t b;
};

DECANT_API const char* decant_error();

// Operators.
DECANT_API int decant_operator(const char* name, const char* overload, void** op);
DECANT_API int decant_call(void* op, const decant_value* args, int n_args, decant_value* results, int capacity, int* n_results);

// Tensors. Every handle that is handed out is freed once with decant_free.
DECANT_API int decant_from_bytes(const void* data, int64_t bytes, int dtype, const int64_t* sizes, int n_sizes, void** tensor);
DECANT_API int decant_untouched_zeros(const int64_t* sizes, int n_sizes, void** tensor);  // float32; pages take memory when they are first written
DECANT_API void decant_free(void* tensor);
DECANT_API int64_t decant_live();
DECANT_API int decant_describe(void* tensor, int* dtype, int* device, int* device_index, int* n_sizes, const int64_t** sizes);
DECANT_API int decant_data(void* tensor, void** data);  // contiguous CPU tensors only

// Autograd.
DECANT_API int decant_set_requires_grad(void* tensor, int value);
DECANT_API int decant_requires_grad(void* tensor, int* value);
DECANT_API int decant_grad(void* tensor, void** grad);  // null when there is none
DECANT_API int decant_set_grad(void* tensor, void* grad);
DECANT_API int decant_backward(void* const* tensors, int n, int retain_graph);
// The gradients of leaves, handed out instead of added to them (torch.autograd.grad); null where a root does not depend on a leaf.
DECANT_API int decant_gradients(void* const* roots, void* const* root_grads, int n_roots, void* const* leaves, int n_leaves, void** grads);
DECANT_API int decant_grad_mode(int set, int value);  // set 0: only asks; returns the mode before the call

// A step whose gradient the caller computes. `gradient` gets the output's gradient and fills in those of the inputs, or null
// (owned handles, both ways); non-zero is failure. `release` is called once, when no graph holds the step any more.
typedef int (*decant_gradient)(int64_t key, void* grad, void** grads, int n);
typedef void (*decant_release)(int64_t key);
DECANT_API int decant_function(void* value, void* const* inputs, int n, int64_t key, decant_gradient gradient, decant_release release, void** output);

// Lanes: threads in which every operator stays, and meanwhile none shares its matrix products out.
DECANT_API int decant_lanes_available();
DECANT_API void decant_stay_on_thread();            // for the calling thread, from here on
DECANT_API int decant_product_threads(int set);     // where the process has one number for all its threads: 0 only asks; returns the number before, or 0

// Process.
DECANT_API int decant_threads(int set);  // 0: only asks
DECANT_API void decant_release_start_up_code();  // pages of libraries that are as their files have them
DECANT_API int decant_cuda_devices();
DECANT_API const char* decant_torch_version();
DECANT_API const char* decant_torch_config();
}
