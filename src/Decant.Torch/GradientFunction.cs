using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>
/// A recorded step whose gradient is computed here (<c>torch.autograd.Function</c>): for what libtorch's own steps would keep in
/// memory until the backward pass, though it can be had again more cheaply.
/// </summary>
public abstract unsafe class GradientFunction
{
    [ThreadStatic] private static ExceptionDispatchInfo? failure;

    private readonly List<Tensor> kept = [];

    /// <summary>The gradients of the inputs. Nothing is recorded, and temporaries are freed.</summary>
    /// <param name="grad">The gradient of the value, of its shape.</param>
    /// <returns>One for each input, new tensors; null for an input that gets none.</returns>
    protected abstract Tensor?[] Backward(Tensor grad);

    /// <summary>Frees what was kept for the gradient; called once, when no graph holds the step any more.</summary>
    protected virtual void Release()
    {
        foreach (Tensor tensor in kept) tensor.Dispose();
    }

    /// <summary>Keeps a tensor for the gradient, whatever scope its own handle belongs to: a layer's temporaries are freed before the backward pass.</summary>
    /// <param name="tensor">Any tensor.</param>
    /// <returns>A handle on the same memory, not recorded, that lives until <see cref="Release"/>.</returns>
    protected Tensor Keep(Tensor tensor)
    {
        Tensor own = TensorScope.Release(tensor.Detach());
        kept.Add(own);
        return own;
    }

    /// <summary>Makes a value that was computed without recording a function of its inputs.</summary>
    /// <param name="value">Not one of the inputs, nor a view of one.</param>
    /// <param name="inputs">What it depends on.</param>
    /// <returns>The same memory, recorded where an input asks for a gradient.</returns>
    protected Tensor Attach(Tensor value, params ReadOnlySpan<Tensor> inputs)
    {
        nint* handles = stackalloc nint[inputs.Length];
        for (int i = 0; i < inputs.Length; i++) handles[i] = inputs[i].Handle;
        nint key = GCHandle.ToIntPtr(GCHandle.Alloc(this));
        // The native step owns the key from here on, whether it succeeds or not.
        Native.Check(Native.Function(value.Handle, handles, inputs.Length, key, &OnGradient, &OnRelease, out nint output), "function");
        return new Tensor(output);
    }

    /// <summary>What a function threw during the backward pass that has just failed, as it was thrown.</summary>
    internal static void RethrowFailure()
    {
        ExceptionDispatchInfo? thrown = failure;
        failure = null;
        thrown?.Throw();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnGradient(nint key, nint grad, nint* grads, int count)
    {
        try
        {
            using var scope = new TensorScope();
            Tensor?[] results = ((GradientFunction)GCHandle.FromIntPtr(key).Target!).Backward(new Tensor(grad));
            for (int i = 0; i < count; i++) grads[i] = results[i] is { } result ? result.Surrender() : 0;
            return 0;
        }
        catch (Exception e)  // none may pass through native frames; Backward throws it again
        {
            failure = ExceptionDispatchInfo.Capture(e);
            return 1;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRelease(nint key)
    {
        GCHandle handle = GCHandle.FromIntPtr(key);
        ((GradientFunction)handle.Target!).Release();
        handle.Free();
    }
}
