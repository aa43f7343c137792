using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.Students;
using Decant.Models.Tests.Checkpoints;
using Decant.Tests;
using Decant.Torch;

namespace Decant.Models.Tests.Students;

public sealed class StudentProjectionTests : IDisposable
{
    private static readonly float[] Weight = [.. Enumerable.Range(0, 12 * 8).Select(i => i / 10f)], Bias = [.. Enumerable.Range(0, 12).Select(i => -i / 4f)];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    public void TinyBERTs_fit_dense_is_read(string prefix)
    {
        StudentProjection projection = StudentProjection.Read(Save((prefix + "fit_dense.weight", Weight, [12, 8]), (prefix + "fit_dense.bias", Bias, [12])))!;
        Assert.Equal((8, 12), (projection.StudentWidth, projection.TeacherWidth));
        Assert.Equal(Weight, projection.Weight);
        Assert.Equal(Bias, projection.Bias);
    }

    [Fact]
    public void Checkpoints_without_one_have_none()
    {
        Assert.Null(StudentProjection.Read(Save()));
        Assert.Null(StudentProjection.Read(Save(("fit_denses.0.weight", Weight, [12, 8]), ("fit_denses.0.bias", Bias, [12]))));
    }

    [Fact]
    public void One_that_is_not_whole_is_refused()
    {
        Assert.Contains("'fit_dense.weight' is Float32[12, 8] and needs a 'fit_dense.bias'", Refusal(("fit_dense.weight", Weight, [12, 8])));
        Assert.Contains("of as many rows", Refusal(("fit_dense.weight", Weight, [8, 12]), ("fit_dense.bias", Bias, [12])));
        Assert.Contains("of as many rows", Refusal(("fit_dense.weight", Weight, [96]), ("fit_dense.bias", Bias, [12])));
    }

    private string Refusal(params (string, float[], long[])[] extra) => Assert.Throws<DecantException>(() => StudentProjection.Read(Save(extra))).Message;

    private ModelDirectory Save(params (string Name, float[] Values, long[] Shape)[] extra)
    {
        using var scope = new TensorScope();
        using BertClassifier model = SmallBert.Classifier();
        ModelDirectory.Save(folder.Root, ModelKind.SequenceClassification, SmallBert.Config,
            [.. model.NamedParameters(), .. extra.Select(e => (e.Name, Tensor.From(e.Values, e.Shape)))]);
        return ModelDirectory.Open(folder.Root);
    }
}
