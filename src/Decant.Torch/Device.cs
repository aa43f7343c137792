namespace Decant.Torch;

/// <summary>Kinds of device that hold tensors.</summary>
public enum DeviceType
{
    /// <summary>Main memory.</summary>
    Cpu = 0,
    /// <summary>An NVIDIA GPU.</summary>
    Cuda = 1,
}

/// <summary>Where a tensor lives.</summary>
/// <param name="Type">CPU or CUDA.</param>
/// <param name="Index">Which GPU, from 0; 0 on the CPU.</param>
public readonly record struct Device(DeviceType Type, int Index = 0)
{
    /// <summary>Main memory.</summary>
    public static Device Cpu => default;

    /// <summary>A GPU by its number.</summary>
    /// <param name="index">From 0.</param>
    public static Device Cuda(int index = 0) => new(DeviceType.Cuda, index);

    /// <inheritdoc/>
    public override string ToString() => Type == DeviceType.Cpu ? "cpu" : $"cuda:{Index}";
}
