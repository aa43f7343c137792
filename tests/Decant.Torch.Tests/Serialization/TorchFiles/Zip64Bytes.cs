using System.Text;

namespace Decant.Torch.Tests.Serialization;

/// <summary>Builds archives whose table is in the 64-bit form throughout, as for files over 4 GiB.</summary>
internal static class Zip64Bytes
{
    public static byte[] From(params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var offsets = new List<long>();
        foreach (var (name, bytes) in files)
        {
            offsets.Add(stream.Position);
            writer.Write(0x04034b50u);
            writer.Write(new byte[22]);
            writer.Write((ushort)name.Length);
            writer.Write((ushort)0);
            writer.Write(Encoding.ASCII.GetBytes(name));
            writer.Write(bytes);
        }
        long table = stream.Position;
        for (int i = 0; i < files.Length; i++)
        {
            writer.Write(0x02014b50u);
            writer.Write(new byte[16]);
            writer.Write(uint.MaxValue);
            writer.Write(uint.MaxValue);
            writer.Write((ushort)files[i].Name.Length);
            writer.Write((ushort)28);
            writer.Write(new byte[10]);
            writer.Write(uint.MaxValue);
            writer.Write(Encoding.ASCII.GetBytes(files[i].Name));
            writer.Write((ushort)1);
            writer.Write((ushort)24);
            writer.Write((long)files[i].Bytes.Length);
            writer.Write((long)files[i].Bytes.Length);
            writer.Write(offsets[i]);
        }
        long end = stream.Position;
        writer.Write(0x06064b50u);
        writer.Write(44L);
        writer.Write(new byte[12]);
        writer.Write((long)files.Length);
        writer.Write((long)files.Length);
        writer.Write(end - table);
        writer.Write(table);
        writer.Write(0x07064b50u);
        writer.Write(0u);
        writer.Write(end);
        writer.Write(1u);
        writer.Write(0x06054b50u);
        writer.Write(0u);
        writer.Write(ushort.MaxValue);
        writer.Write(ushort.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)0);
        return stream.ToArray();
    }
}
