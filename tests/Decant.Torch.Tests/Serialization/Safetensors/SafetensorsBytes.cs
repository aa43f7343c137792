using System.Buffers.Binary;
using System.Text;

namespace Decant.Torch.Tests.Serialization;

/// <summary>Builds safetensors files byte by byte, right or wrong.</summary>
internal static class SafetensorsBytes
{
    public static byte[] From(string header, int dataLength) => From(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] From(byte[] header, int dataLength)
    {
        var bytes = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        for (int i = 0; i < dataLength; i++) bytes[8 + header.Length + i] = (byte)i;
        return bytes;
    }
}
