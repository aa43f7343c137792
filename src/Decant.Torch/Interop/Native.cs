using System.Runtime.InteropServices;

namespace Decant.Torch.Interop;

/// <summary>The C functions of <c>native/decant.h</c>, one for one.</summary>
internal static unsafe partial class Native
{
    private const string Library = "decant";

    static Native() => ProcessSetup.Apply();

    [LibraryImport(Library, EntryPoint = "decant_error")]
    public static partial byte* Error();

    [LibraryImport(Library, EntryPoint = "decant_operator", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FindOperator(string name, string overload, out nint op);

    [LibraryImport(Library, EntryPoint = "decant_call")]
    public static partial int Call(nint op, NativeValue* args, int argCount, NativeValue* results, int capacity, out int resultCount);

    [LibraryImport(Library, EntryPoint = "decant_from_bytes")]
    public static partial int FromBytes(void* data, long bytes, DType dtype, long* sizes, int rank, out nint tensor);

    [LibraryImport(Library, EntryPoint = "decant_untouched_zeros")]
    public static partial int UntouchedZeros(long* sizes, int rank, out nint tensor);

    [LibraryImport(Library, EntryPoint = "decant_free")]
    public static partial void Free(nint tensor);

    [LibraryImport(Library, EntryPoint = "decant_live")]
    public static partial long Live();

    [LibraryImport(Library, EntryPoint = "decant_describe")]
    public static partial int Describe(nint tensor, out DType dtype, out int device, out int deviceIndex, out int rank, out long* sizes);

    [LibraryImport(Library, EntryPoint = "decant_data")]
    public static partial int Data(nint tensor, out void* data);

    [LibraryImport(Library, EntryPoint = "decant_set_requires_grad")]
    public static partial int SetRequiresGrad(nint tensor, int value);

    [LibraryImport(Library, EntryPoint = "decant_requires_grad")]
    public static partial int RequiresGrad(nint tensor, out int value);

    [LibraryImport(Library, EntryPoint = "decant_grad")]
    public static partial int Grad(nint tensor, out nint grad);

    [LibraryImport(Library, EntryPoint = "decant_set_grad")]
    public static partial int SetGrad(nint tensor, nint grad);

    [LibraryImport(Library, EntryPoint = "decant_backward")]
    public static partial int Backward(nint* tensors, int count, int retainGraph);

    [LibraryImport(Library, EntryPoint = "decant_gradients")]
    public static partial int Gradients(nint* roots, nint* rootGrads, int rootCount, nint* leaves, int leafCount, nint* grads);

    [LibraryImport(Library, EntryPoint = "decant_grad_mode")]
    public static partial int GradMode(int set, int value);

    [LibraryImport(Library, EntryPoint = "decant_function")]
    public static partial int Function(nint value, nint* inputs, int count, nint key,
        delegate* unmanaged[Cdecl]<nint, nint, nint*, int, int> gradient, delegate* unmanaged[Cdecl]<nint, void> release, out nint output);

    [LibraryImport(Library, EntryPoint = "decant_lanes_available")]
    public static partial int LanesAvailable();

    [LibraryImport(Library, EntryPoint = "decant_stay_on_thread")]
    public static partial void StayOnThread();

    [LibraryImport(Library, EntryPoint = "decant_product_threads")]
    public static partial int ProductThreads(int set);

    [LibraryImport(Library, EntryPoint = "decant_threads")]
    public static partial int Threads(int set);

    [LibraryImport(Library, EntryPoint = "decant_cuda_devices")]
    public static partial int CudaDevices();

    [LibraryImport(Library, EntryPoint = "decant_release_start_up_code")]
    public static partial void ReleaseStartUpCode();

    [LibraryImport(Library, EntryPoint = "decant_torch_version")]
    public static partial byte* TorchVersion();

    [LibraryImport(Library, EntryPoint = "decant_torch_config")]
    public static partial byte* TorchConfig();

    /// <summary>Turns a non-zero return into an exception that carries libtorch's own words.</summary>
    public static void Check(int code, string where)
    {
        if (code != 0) throw new TorchException($"{where}: {Marshal.PtrToStringUTF8((nint)Error())}");
    }
}
