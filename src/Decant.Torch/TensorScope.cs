namespace Decant.Torch;

/// <summary>
/// Owns every tensor that the current thread creates while the scope is the innermost open one, and frees them when it is disposed.
/// <see cref="Keep"/> hands a tensor to the enclosing scope (or to the caller, when there is none).
/// </summary>
/// <example><code>
/// using var scope = new TensorScope();
/// var loss = (prediction - target).Square().Mean();
/// return loss.ToScalar();   // every temporary is freed here
/// </code></example>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic] private static TensorScope? current;

    private readonly TensorScope? outer;
    private readonly List<Tensor> owned = [];
    private bool closed;

    /// <summary>Opens a scope on this thread.</summary>
    public TensorScope()
    {
        outer = current;
        current = this;
    }

    internal static TensorScope? Current => current;

    internal void Add(Tensor tensor)
    {
        tensor.Owner = this;
        owned.Add(tensor);
    }

    /// <summary>Lets a tensor outlive this scope: the enclosing scope takes it over, or the caller when there is none.</summary>
    /// <param name="tensor">A tensor that this scope owns; others are left as they are.</param>
    /// <returns>The same tensor.</returns>
    public Tensor Keep(Tensor tensor)
    {
        if (tensor.Owner != this) return tensor;
        tensor.Owner = null;
        outer?.Add(tensor);
        return tensor;
    }

    /// <summary>Takes a tensor out of every scope: whoever holds it disposes it.</summary>
    /// <param name="tensor">Any tensor.</param>
    /// <returns>The same tensor.</returns>
    public static Tensor Release(Tensor tensor)
    {
        tensor.Owner = null;
        return tensor;
    }

    /// <summary>Frees what the scope still owns. Scopes close in the reverse order of their opening.</summary>
    public void Dispose()
    {
        if (closed) return;
        if (current != this) throw new InvalidOperationException("A TensorScope was closed out of order or on another thread.");
        closed = true;
        current = outer;
        foreach (Tensor tensor in owned)
            if (tensor.Owner == this) tensor.Dispose();
    }
}
