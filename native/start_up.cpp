// Code that ran at the start and hardly again: libtorch registers its operators, and the many libraries that it needs set themselves up.
#include "decant.h"

#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace {

const auto page_size = static_cast<uintptr_t>(getpagesize());

// What the kernel tells of this process's pages (Linux: admin-guide/mm/pagemap).
class PageMap {
public:
    PageMap() : file(open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)) {}
    ~PageMap() { if (file >= 0) close(file); }
    PageMap(const PageMap&) = delete;

    // Whether it tells anything: that of the stack is in memory and of no file.
    bool tells() const {
        uintptr_t here = reinterpret_cast<uintptr_t>(&here) / page_size * page_size;
        auto entries = read(here, 1);
        return !entries.empty() && is_written(entries[0]);
    }

    // Whether every page that is in memory is as its file has it.
    bool is_untouched(uintptr_t first, size_t pages) const {
        auto entries = read(first, pages);
        return !entries.empty() && std::none_of(entries.begin(), entries.end(), is_written);
    }

private:
    static constexpr uint64_t present = 1ull << 63, swapped = 1ull << 62, of_file = 1ull << 61;
    int file;

    static bool is_written(uint64_t entry) { return (entry & swapped) || (entry & (present | of_file)) == present; }

    std::vector<uint64_t> read(uintptr_t first, size_t pages) const {
        std::vector<uint64_t> entries(pages);
        auto bytes = static_cast<ssize_t>(pages * sizeof(uint64_t));
        if (file < 0 || pread(file, entries.data(), bytes, static_cast<off_t>(first / page_size * sizeof(uint64_t))) != bytes) entries.clear();
        return entries;
    }
};

// The kernel reads a page that was let go again from the library's file, or from its cache of it. A page that was written to would lose
// that: the runtime patches its write barrier in some settings, a debugger sets breakpoints. Segments with such pages stay as they are.
int let_go(dl_phdr_info* library, size_t, void* pages) {
    for (int i = 0; i < library->dlpi_phnum; i++) {
        const auto& segment = library->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W)) continue;
        uintptr_t first = (library->dlpi_addr + segment.p_vaddr) / page_size * page_size;
        size_t count = (library->dlpi_addr + segment.p_vaddr + segment.p_memsz - first + page_size - 1) / page_size;
        if (static_cast<const PageMap*>(pages)->is_untouched(first, count)) madvise(reinterpret_cast<void*>(first), count * page_size, MADV_DONTNEED);
    }
    return 0;
}

}  // namespace

extern "C" {

void decant_release_start_up_code() {
    PageMap pages;
    if (pages.tells()) dl_iterate_phdr(let_go, &pages);
}

}  // extern "C"
