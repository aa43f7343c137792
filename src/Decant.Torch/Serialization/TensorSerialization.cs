namespace Decant.Torch.Serialization;

/// <summary>Tensors into files and out of them.</summary>
public static class TensorSerialization
{
    /// <summary>Adds a tensor to a file; its values are read when the file is saved.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="name">The tensor's name in it.</param>
    /// <param name="tensor">Must live until the file is saved.</param>
    public static SafetensorsWriter Add(this SafetensorsWriter writer, string name, Tensor tensor) =>
        writer.Add(name, tensor.DType, tensor.Shape, stream =>
        {
            using var scope = new TensorScope();
            using GradMode.Restore _ = GradMode.Off();
            stream.Write(tensor.Detach().To(Device.Cpu).Contiguous().Bytes);
        });

    /// <summary>A tensor with a copy of the values.</summary>
    /// <param name="raw">A tensor of a file.</param>
    public static Tensor ToTensor(this RawTensor raw) => Tensor.FromBytes(raw.Bytes, raw.DType, raw.Shape);

    /// <summary>Overwrites a tensor's values with those of a file, converting the element type where needed.</summary>
    /// <param name="tensor">Of the same shape.</param>
    /// <param name="raw">A tensor of a file.</param>
    public static void CopyFrom(this Tensor tensor, RawTensor raw)
    {
        if (!raw.Shape.SequenceEqual(tensor.Shape))
            throw new DecantException($"The tensor '{raw.Name}' has the shape [{string.Join(", ", raw.Shape.ToArray())}]; [{string.Join(", ", tensor.Shape)}] is expected.");
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        tensor.CopyFrom(raw.ToTensor());
    }
}
