// Code that ran at the start and hardly again: libtorch registers its operators, and a hundred libraries that it needs set themselves up.
#include "decant.h"

#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <vector>

namespace {

constexpr uint64_t present = 1ull << 63, swapped = 1ull << 62, of_file = 1ull << 61;  // Linux: admin-guide/mm/pagemap

// Whether every page in memory is as the file has it. A page that was written to, by the runtime for its write barrier or by a debugger, is not.
bool is_untouched(int pagemap, uintptr_t first, size_t pages, size_t page_size) {
    std::vector<uint64_t> entries(pages);
    const auto bytes = static_cast<ssize_t>(pages * sizeof(uint64_t));
    if (pread(pagemap, entries.data(), bytes, first / page_size * sizeof(uint64_t)) != bytes) return false;
    for (uint64_t entry : entries)
        if ((entry & swapped) || (entry & (present | of_file)) == present) return false;
    return true;
}

// The system reads dropped pages again from the library's file, or from its cache of it, when they are needed.
int drop(dl_phdr_info* library, size_t, void* pagemap) {
    const auto page_size = static_cast<size_t>(getpagesize());
    for (int i = 0; i < library->dlpi_phnum; i++) {
        const auto& segment = library->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W)) continue;
        uintptr_t start = library->dlpi_addr + segment.p_vaddr, first = start / page_size * page_size;
        size_t pages = (start + segment.p_memsz - first + page_size - 1) / page_size;
        if (is_untouched(*static_cast<int*>(pagemap), first, pages, page_size)) madvise(reinterpret_cast<void*>(first), pages * page_size, MADV_DONTNEED);
    }
    return 0;
}

}  // namespace

extern "C" {

void decant_release_start_up_code() {
    int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    if (pagemap < 0) return;
    dl_iterate_phdr(drop, &pagemap);
    close(pagemap);
}

}  // extern "C"
