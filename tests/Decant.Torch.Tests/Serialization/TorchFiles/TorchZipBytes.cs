using System.IO.Compression;
using System.Text;

namespace Decant.Torch.Tests.Serialization;

/// <summary>Builds zip archives as <c>torch.save</c> lays them out.</summary>
internal static class TorchZipBytes
{
    public static byte[] From(byte[] pickle, params (string Key, byte[] Bytes)[] storages) =>
        Zip(CompressionLevel.NoCompression, [("archive/data.pkl", pickle), .. storages.Select(s => ($"archive/data/{s.Key}", s.Bytes)), ("archive/version", Encoding.ASCII.GetBytes("3\n"))]);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in files)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        return stream.ToArray();
    }

    /// <summary>The little-endian bytes of 0, 1, 2, … in single precision.</summary>
    public static byte[] Singles(int count) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(Enumerable.Range(0, count).Select(i => (float)i).ToArray().AsSpan()).ToArray();
}
