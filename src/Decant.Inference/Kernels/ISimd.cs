namespace Decant.Inference.Kernels;

/// <summary>Float arithmetic on vectors of one width, so that a kernel is written once for all of them.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal unsafe interface ISimd<TVector> where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>Vector registers of the processor: how large a tile of results can stay in them.</summary>
    static abstract int Registers { get; }

    static abstract TVector Broadcast(float value);

    static abstract TVector Load(float* from);

    static abstract void Store(TVector value, float* to);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    static abstract TVector Min(TVector a, TVector b);

    static abstract TVector Max(TVector a, TVector b);

    /// <summary>a × b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The nearest whole numbers.</summary>
    static abstract TVector Round(TVector a);

    /// <summary>2 to the power of whole numbers in [−126, 127].</summary>
    static abstract TVector PowerOfTwo(TVector exponent);

    /// <summary>The first lanes of a vector, zero in the others.</summary>
    static abstract TVector First(TVector a, int lanes);

    static abstract float Sum(TVector a);

    static abstract float Largest(TVector a);
}
