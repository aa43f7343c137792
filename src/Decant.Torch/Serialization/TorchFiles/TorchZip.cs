namespace Decant.Torch.Serialization;

/// <summary>
/// The form that <c>torch.save</c> writes since version 1.6: a zip archive with one folder, in it <c>data.pkl</c> and
/// the storages as <c>data/0</c>, <c>data/1</c>, …
/// </summary>
internal static class TorchZip
{
    public static TorchContent Read(MappedFile file)
    {
        var zip = new ZipDirectory(file);
        string[] pickles = [.. zip.Names.Where(name => name == "data.pkl" || name.EndsWith("/data.pkl", StringComparison.Ordinal)).Take(2)];
        if (pickles is not [var pickle])
            throw new DecantException($"{file.Path} is a zip archive, not a PyTorch checkpoint: it has {(pickles.Length == 0 ? "no" : "more than one")} data.pkl.");
        string folder = pickle[..^"data.pkl".Length];
        if (zip.Find(folder + "byteorder") is (var at, > 0 and < 16 and var length) && !file.Span(at, (int)length).SequenceEqual("little"u8))
            throw new DecantException($"{file.Path} was written on a big-endian machine, which is not read. Load it in Python and save it as safetensors.");

        var (offset, size) = zip.Find(pickle)!.Value;
        var input = new PickleInput(file.Span(offset, (int)Math.Min(size, Unpickler.MaxLength)), file.Path);
        object? value = new Unpickler(file.Path, new SeenStorages(file.Path)).Read(ref input);
        return new TorchContent(value, key => zip.Find($"{folder}data/{key}"));
    }
}
