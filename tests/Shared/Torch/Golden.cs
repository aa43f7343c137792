using System.Text.Json;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Tests;

/// <summary>One golden: tensors and description made with the papers' own code.</summary>
internal sealed class Golden : IDisposable
{
    private readonly SafetensorsFile tensors;
    private readonly JsonDocument json;

    private Golden(string path)
    {
        tensors = SafetensorsFile.Open(path + ".safetensors");
        json = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
    }

    public static Golden Open(string name)
    {
        TestPaths.Require(TestPaths.Goldens, name + ".safetensors");
        return new Golden(Path.Combine(TestPaths.Goldens, name));
    }

    public JsonElement Settings => json.RootElement.GetProperty("settings");
    public JsonElement Scalars => json.RootElement.GetProperty("scalars");
    public IEnumerable<string> Names => tensors.Names;
    public bool Has(string name) => tensors.Names.Contains(name);

    public Tensor this[string name]
    {
        get
        {
            RawTensor raw = tensors.Get(name);
            return Tensor.FromBytes(raw.Bytes, raw.DType, raw.Shape);
        }
    }

    public int[] Ints(string name) => this[name].ToArray<int>();

    /// <summary>Copies every tensor under a prefix into the parameter of that name; all parameters must be there unless listed.</summary>
    public void Fill(IEnumerable<(string Name, Tensor Tensor)> parameters, string prefix)
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        foreach ((string name, Tensor tensor) in parameters)
        {
            Tensor value = this[prefix + name];
            Assert.Equal(tensor.Shape, value.Shape);
            tensor.CopyFrom(value);
        }
    }

    /// <summary>
    /// Compares within |a − e| ≤ absolute + relative × max(|e|, r), r being the root mean square of the tensor (masked entries left out):
    /// what float32 can promise of a sum whose terms cancel.
    /// </summary>
    public void AssertClose(string name, Tensor actual, double relative = 1e-5, double absolute = 1e-6)
    {
        using var scope = new TensorScope();
        Tensor expected = this[name];
        Assert.Equal(expected.Shape, actual.Shape);
        double[] values = expected.ToArray<double>();
        double rms = Math.Sqrt(values.Where(v => Math.Abs(v) < 1000).Select(v => v * v).DefaultIfEmpty().Average());
        AssertClose(name, values, actual.ToArray<double>(), relative, absolute + relative * rms);
    }

    /// <summary>Compares gradients relative to the tensor's largest entry.</summary>
    public void AssertGradient(string name, Tensor actual, double relative = 1e-4)
    {
        using var scope = new TensorScope();
        double[] expected = this[name].ToArray<double>();
        double scale = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        AssertClose(name, expected, actual.ToArray<double>(), 0, relative * scale + 1e-7);
    }

    private static void AssertClose(string name, double[] expected, double[] actual, double relative, double absolute)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= absolute + relative * Math.Abs(expected[i]),
                $"{name}[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
    }

    public void Dispose()
    {
        tensors.Dispose();
        json.Dispose();
    }
}
