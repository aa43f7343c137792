// Where large CPU tensors live: one stretch of addresses, the lowest free place that fits, neighbours joined when freed.
// A training step takes and gives back memory like a stack, so its tensors lie side by side, and the next step finds the whole
// place again. In malloc's heap small blocks that stay settle between them, and the holes that they leave stay in memory:
// a quarter of what a process used.
#include "arena.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <sys/mman.h>

#include <cstring>
#include <map>
#include <mutex>
#include <unordered_map>

namespace {

constexpr size_t smallest = 32 << 10;          // below it malloc serves
constexpr size_t grain = 64;                   // alignment of tensors in libtorch
constexpr size_t reserved = size_t(1) << 40;   // addresses, not memory: pages come when they are touched

class Arena final : public c10::Allocator {
public:
    Arena() {
        void* at = mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (at == MAP_FAILED) return;  // a limit on addresses: malloc serves everything
        madvise(at, reserved, MADV_HUGEPAGE);  // what is used is dense
        base = static_cast<char*>(at);
        gaps[0] = reserved;
    }

    // libtorch made this function non-const in 2.3, and added copy_data; both forms are here, and either overrides.
    c10::DataPtr allocate(size_t bytes) { return take(bytes); }
    c10::DataPtr allocate(size_t bytes) const { return const_cast<Arena*>(this)->take(bytes); }
    void copy_data(void* to, const void* from, size_t bytes) const { std::memcpy(to, from, bytes); }
    c10::DeleterFnPtr raw_deleter() const override { return &give_back; }

private:
    char* base = nullptr;
    std::mutex lock;
    std::map<size_t, size_t> gaps;                // offset → size, never two side by side
    std::unordered_map<size_t, size_t> taken;     // offset → size

    c10::DataPtr take(size_t bytes) {
        void* at = bytes < smallest || !base ? c10::alloc_cpu(bytes) : find((bytes + grain - 1) / grain * grain);
        return {at, at, &give_back, c10::Device(c10::DeviceType::CPU)};
    }

    void* find(size_t bytes) {
        std::lock_guard<std::mutex> guard(lock);
        for (auto gap = gaps.begin(); gap != gaps.end(); ++gap) {
            auto [offset, size] = *gap;
            if (size < bytes) continue;
            gaps.erase(gap);
            if (size > bytes) gaps[offset + bytes] = size - bytes;
            taken[offset] = bytes;
            return base + offset;
        }
        TORCH_CHECK(false, "no room for a tensor of ", bytes, " bytes");
    }

    static void give_back(void* at);

    void put_back(size_t offset) {
        std::lock_guard<std::mutex> guard(lock);
        auto block = taken.find(offset);
        size_t size = block->second;
        taken.erase(block);
        auto after = gaps.lower_bound(offset);
        if (after != gaps.end() && after->first == offset + size) {
            size += after->second;
            after = gaps.erase(after);
        }
        if (after != gaps.begin()) {
            auto before = std::prev(after);
            if (before->first + before->second == offset) {
                before->second += size;
                return;
            }
        }
        gaps[offset] = size;
    }

    friend Arena& arena();
};

// Never destroyed: tensors may outlive every static object.
Arena& arena() {
    static Arena& one = *new Arena;
    return one;
}

void Arena::give_back(void* at) {
    Arena& a = arena();
    auto offset = static_cast<char*>(at) - a.base;
    if (a.base && at >= a.base && static_cast<size_t>(offset) < reserved) a.put_back(static_cast<size_t>(offset));
    else c10::free_cpu(at);
}

}  // namespace

void decant_install_arena() { c10::SetCPUAllocator(&arena(), /*priority=*/1); }
