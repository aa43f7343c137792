using System.Runtime.InteropServices;
using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>The libtorch that this process runs on.</summary>
public static unsafe class TorchRuntime
{
    /// <summary>Its version, <c>1.13.0</c> say.</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)Native.TorchVersion())!;

    /// <summary>How it was built: compiler, BLAS, oneDNN, OpenMP, one item a line.</summary>
    public static string Configuration => Marshal.PtrToStringUTF8((nint)Native.TorchConfig())!;

    /// <summary>GPUs that libtorch can use; 0 in a CPU build.</summary>
    public static int CudaDevices => Native.CudaDevices();

    /// <summary>Threads inside one operator; from 1. In a lane (<see cref="Lanes"/>) it is 1.</summary>
    public static int Threads
    {
        get => Native.Threads(0);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Native.Threads(value);
        }
    }

    /// <summary>Tensor handles that are alive in this process. A leak shows as growth.</summary>
    public static long LiveTensors => Native.Live();

    /// <summary>
    /// Lets go of the memory of library code that ran when the process started (about 100 MB with Debian's libtorch). Code that is
    /// called again is read again from the library's file, or from the system's cache of it. Does nothing where the system does not tell
    /// which pages are as the file has them.
    /// </summary>
    public static void ReleaseStartUpCode() => Native.ReleaseStartUpCode();
}
