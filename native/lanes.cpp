// Threads whose operators stay on them, so that several can work side by side.
#include "decant.h"

#include <ATen/Parallel.h>

// What libtorch's own libraries have of these. Where there is nothing to keep products on one thread, lanes are not to be had.
extern "C" {
__attribute__((weak)) void omp_set_num_threads(int);
__attribute__((weak)) int mkl_set_num_threads_local(int);
__attribute__((weak)) void openblas_set_num_threads(int);
__attribute__((weak)) int openblas_get_num_threads();
__attribute__((weak)) int openblas_get_parallel();  // 0: never more than one thread, 1: threads of its own, 2: OpenMP's
}

namespace {

bool has_openblas() { return openblas_set_num_threads && openblas_get_num_threads && openblas_get_parallel; }

}  // namespace

extern "C" {

int decant_lanes_available() { return omp_set_num_threads && (has_openblas() || mkl_set_num_threads_local); }

void decant_stay_on_thread() {
    at::get_num_threads();  // else the thread's first operator would set the number again
    omp_set_num_threads(1);
    if (mkl_set_num_threads_local) mkl_set_num_threads_local(1);
}

int decant_product_threads(int set) {
    // With OpenMP each thread has its own number.
    if (!has_openblas() || openblas_get_parallel() != 1) return 0;
    int before = openblas_get_num_threads();
    if (set > 0) openblas_set_num_threads(set);
    return before;
}

}  // extern "C"
