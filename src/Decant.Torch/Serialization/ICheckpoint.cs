namespace Decant.Torch.Serialization;

/// <summary>
/// Named tensors in a file or a set of files, read without copying where the format allows.
/// Disposing it unmaps the files: every <see cref="RawTensor"/> that came from it is invalid from then on.
/// </summary>
public interface ICheckpoint : IDisposable
{
    /// <summary>The file, or the index file of a sharded checkpoint, as it was given.</summary>
    string Path { get; }

    /// <summary>The names of all tensors, in the order of the file.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Whether there is a tensor of that name.</summary>
    /// <param name="name">The exact name; case counts.</param>
    bool Contains(string name);

    /// <summary>The tensor of that name, a view into the file.</summary>
    /// <param name="name">The exact name; case counts.</param>
    /// <exception cref="DecantException">There is no such tensor.</exception>
    RawTensor Get(string name);
}
