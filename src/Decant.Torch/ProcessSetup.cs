using System.Runtime.InteropServices;

namespace Decant.Torch;

/// <summary>
/// Settings that libgomp and malloc read when they load, so they are made before libtorch does:
/// waiting OpenMP threads sleep instead of spinning against each other, every core gets a thread, and large temporaries are
/// reused instead of being mapped and unmapped on every step.
/// </summary>
internal static partial class ProcessSetup
{
    private const int MallocTrimThreshold = -1, MallocMapMaximum = -4, MallocArenaMaximum = -8;
    private static bool applied;

    public static void Apply()
    {
        if (applied || !OperatingSystem.IsLinux()) return;
        applied = true;
        // Environment.SetEnvironmentVariable does not reach native code; a value the user set wins.
        _ = SetEnvironment("OMP_WAIT_POLICY", "passive", overwrite: 0);
        _ = SetEnvironment("OMP_NUM_THREADS", ProcessorCores.Count().ToString(System.Globalization.CultureInfo.InvariantCulture), overwrite: 0);
        _ = MallocOption(MallocTrimThreshold, int.MaxValue);
        _ = MallocOption(MallocMapMaximum, 0);
        _ = MallocOption(MallocArenaMaximum, 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallocOption(int option, int value);
}
