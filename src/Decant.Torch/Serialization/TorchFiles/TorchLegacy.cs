using System.Buffers.Binary;
using System.Numerics;

namespace Decant.Torch.Serialization;

/// <summary>
/// The form that <c>torch.save</c> wrote before version 1.6, and still writes on request: five pickles (a magic number,
/// the protocol, the machine, the value, the keys of the storages), then each storage as its number of elements and its bytes.
/// </summary>
internal static class TorchLegacy
{
    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356");

    public static TorchContent Read(MappedFile file)
    {
        var input = new PickleInput(file.Span(0, (int)Math.Min(file.Length, Unpickler.MaxLength)), file.Path);
        // A foreign global in the first pickle is refused by name before it is noticed that the magic number is missing.
        if (Plain(file, ref input) is not BigInteger magic || magic != Magic)
            throw new DecantException($"{file.Path} is a Python pickle and not a PyTorch checkpoint: it does not begin with PyTorch's number.");
        if (Plain(file, ref input) is not 1001L)
            throw new DecantException($"{file.Path} has a version of PyTorch's old format that is not known.");
        if (Plain(file, ref input) is PickleDict machine && machine["little_endian"] is false)
            throw new DecantException($"{file.Path} was written on a big-endian machine, which is not read. Load it in Python and save it as safetensors.");
        var storages = new SeenStorages(file.Path);
        object? value = new Unpickler(file.Path, storages).Read(ref input);
        var places = Places(file, storages, Plain(file, ref input), input.Position);
        return new TorchContent(value, key => places.TryGetValue(key, out var place) ? place : null);
    }

    private static object? Plain(MappedFile file, ref PickleInput input) =>
        new Unpickler(file.Path, null).Read(ref input);

    private static Dictionary<string, (long, long)> Places(MappedFile file, SeenStorages storages, object? keys, long at)
    {
        if (keys is not List<object?> list)
            throw new DecantException($"{file.Path} is damaged: the list of its storages is missing.");
        var places = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        foreach (object? item in list)
        {
            if (item is not string key || storages.Find(key) is not { } storage)
                throw new DecantException($"{file.Path} is damaged: it lists a storage that no tensor uses.");
            if (file.Length - at < 8)
                throw new DecantException($"{file.Path} is truncated: it ends before its storage '{key}'.");
            long elements = BinaryPrimitives.ReadInt64LittleEndian(file.Span(at, 8));
            at += 8;
            if (elements != storage.RootElements)
                throw new DecantException($"{file.Path} is damaged: its storage '{key}' has {elements} elements, and its pickle says {storage.RootElements}.");
            if (storage.RootBytes > file.Length - at)
                throw new DecantException($"{file.Path} is truncated: its storage '{key}' needs {storage.RootBytes} bytes, and {file.Length - at} are left.");
            if (!places.TryAdd(key, (at, storage.RootBytes)))
                throw new DecantException($"{file.Path} is damaged: it lists the storage '{key}' twice.");
            at += storage.RootBytes;
        }
        return places;
    }
}
