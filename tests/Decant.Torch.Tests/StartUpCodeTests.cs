using System.Globalization;
using System.Runtime.InteropServices;

namespace Decant.Torch.Tests;

/// <summary>Memory of library code that only the start of the process needed (native/start_up.cpp).</summary>
[Collection(WholeProcess.Name)]
public sealed partial class StartUpCodeTests
{
    [Fact]
    public void Code_leaves_memory_and_runs_again()
    {
        using var scope = new TensorScope();
        Tensor a = Tensor.Full([64, 64], 0.5);
        double before = a.MatMul(a).Gelu().Sum().ToScalar();
        long resident = Resident("libtorch_cpu.so");
        TorchRuntime.ReleaseStartUpCode();
        Assert.InRange(Resident("libtorch_cpu.so"), 0, resident / 4);
        Assert.Equal(before, a.MatMul(a).Gelu().Sum().ToScalar());
        Assert.True(Resident("libtorch_cpu.so") > 0);
    }

    // As the runtime patches its write barrier, or a debugger sets a breakpoint.
    [Fact]
    public unsafe void Code_that_was_changed_in_memory_stays_as_it_is()
    {
        TorchRuntime.ReleaseStartUpCode();
        const int UnusedByte = 15;  // the last one of e_ident in the header of the file
        nint start = Mappings("libdecant.so").First().Start;
        byte* header = (byte*)start;
        Assert.Equal(0, header[UnusedByte]);
        Assert.Equal(0, ChangeProtection(start, (nuint)Environment.SystemPageSize, ReadAndWrite));
        header[UnusedByte] = 42;
        Assert.Equal(0, ChangeProtection(start, (nuint)Environment.SystemPageSize, ReadOnly));
        TorchRuntime.ReleaseStartUpCode();
        Assert.Equal(42, header[UnusedByte]);
    }

    // In kB: what of a library's code is in memory.
    private static long Resident(string library) => Mappings(library).Where(m => m.Executable).Sum(m => m.Resident);

    private static IEnumerable<(nint Start, bool Executable, long Resident)> Mappings(string library)
    {
        (nint Start, bool Executable)? current = null;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':'))
                current = words[^1].Contains(library, StringComparison.Ordinal)
                    ? (nint.Parse(words[0].Split('-')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), words[1][2] == 'x') : null;
            else if (words[0] == "Rss:" && current is { } mapping)
                yield return (mapping.Start, mapping.Executable, long.Parse(words[1], CultureInfo.InvariantCulture));
        }
    }

    private const int ReadOnly = 1, ReadAndWrite = 3;

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int ChangeProtection(nint start, nuint bytes, int protection);
}
