using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

/// <summary>Checkpoints written by PyTorch itself, compared with the same weights in safetensors.</summary>
public sealed class TorchFileGoldenTests
{
    private static string Golden(string file) => TestPaths.Require(TestPaths.Goldens, $"checkpoints/{file}");

    [SkippableTheory]
    [InlineData("zip.bin")]
    [InlineData("legacy.bin")]
    [InlineData("nested.bin")]
    public void Holds_the_same_bytes_as_safetensors(string file)
    {
        using var reference = SafetensorsFile.Open(Golden("model.safetensors"));
        using var checkpoint = TorchFile.Open(Golden(file));
        Assert.Equal(reference.Names.Order(), checkpoint.Names.Order());
        foreach (string name in reference.Names)
        {
            Assert.Equal(reference.Get(name).ToString(), checkpoint.Get(name).ToString());
            Assert.True(reference.Get(name).Bytes.SequenceEqual(checkpoint.Get(name).Bytes), name);
        }
    }

    [SkippableFact]
    public void Holds_the_same_tensors_under_the_old_layer_norm_names()
    {
        using var reference = SafetensorsFile.Open(Golden("model.safetensors"));
        using var checkpoint = TorchFile.Open(Golden("gamma_beta.bin"));
        Assert.Equal(reference.Names.Count, checkpoint.Names.Count);
        foreach (string name in checkpoint.Names)
        {
            string today = name.Replace("LayerNorm.gamma", "LayerNorm.weight").Replace("LayerNorm.beta", "LayerNorm.bias");
            Assert.True(reference.Get(today).Bytes.SequenceEqual(checkpoint.Get(name).Bytes), name);
        }
    }

    [SkippableFact]
    public void Holds_the_encoder_alone_without_a_prefix()
    {
        using var reference = SafetensorsFile.Open(Golden("model.safetensors"));
        using var checkpoint = TorchFile.Open(Golden("no_prefix.bin"));
        Assert.Equal(40, checkpoint.Names.Count);
        foreach (string name in checkpoint.Names)
            Assert.True(reference.Get("bert." + name).Bytes.SequenceEqual(checkpoint.Get(name).Bytes), name);
    }

    [SkippableTheory]
    [InlineData("half.bin", DType.Float16)]
    [InlineData("bfloat16.bin", DType.BFloat16)]
    public void Holds_the_weights_rounded_to_two_bytes(string file, DType dtype)
    {
        using var reference = SafetensorsFile.Open(Golden("model.safetensors"));
        using var checkpoint = TorchFile.Open(Golden(file));
        foreach (string name in reference.Names)
        {
            float[] expected = reference.Get(name).ToSingles();
            if (reference.Get(name).DType == DType.Float32)
            {
                Assert.Equal(dtype, checkpoint.Get(name).DType);
                expected = [.. expected.Select(x => dtype == DType.Float16 ? (float)(Half)x : RoundToBFloat16(x))];
            }
            Assert.Equal(expected, checkpoint.Get(name).ToSingles());
        }
    }

    [SkippableFact]
    public void Reads_views_with_offsets_and_strides_and_a_parameter()
    {
        using var reference = SafetensorsFile.Open(Golden("views.safetensors"));
        using var checkpoint = TorchFile.Open(Golden("views.bin"));
        Assert.Equal(["a", "b", "c", "d"], checkpoint.Names);
        foreach (string name in reference.Names)
        {
            Assert.Equal(reference.Get(name).Shape.ToArray(), checkpoint.Get(name).Shape.ToArray());
            Assert.Equal(reference.Get(name).ToSingles(), checkpoint.Get(name).ToSingles());
        }
        // a is the beginning of d: one storage, one place in the file.
        Assert.Equal(checkpoint.Get("a").Address, checkpoint.Get("d").Address);
    }

    [SkippableTheory]
    [InlineData("foreign_global.bin")]
    [InlineData("foreign_global_legacy.pkl")]
    public void Refuses_a_foreign_global_by_name_and_runs_nothing(string file)
    {
        string path = Golden(file);
        var error = Assert.Throws<DecantException>(() => TorchFile.Open(path));
        Assert.StartsWith($"{path}: the pickle wants to call `posix.system`.", error.Message);
        Assert.Contains("nothing was run", error.Message);
        Assert.False(File.Exists("decant_was_here"));
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "decant_was_here")));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "decant_was_here")));
    }

    private static float RoundToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        bits += 0x7fff + ((bits >> 16) & 1);
        return BitConverter.UInt32BitsToSingle(bits & 0xffff0000);
    }
}
