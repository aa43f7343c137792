using Decant.Distillation.Reports;

namespace Decant.Distillation.Tests.Reports;

public class LabelsTests
{
    [Theory]
    [InlineData("softLabels", "Soft labels")]
    [InlineData("accuracy", "Accuracy")]
    [InlineData("f1", "F1")]
    [InlineData("macroF1", "Macro F1")]
    [InlineData("accuracyAndF1", "Accuracy and F1")]
    [InlineData("tokensPerSecond", "Tokens per second")]
    [InlineData("cosineHSK", "Cosine HSK")]
    [InlineData("mse", "MSE")]
    [InlineData("accuracy (mm)", "accuracy (mm)")]
    [InlineData("", "")]
    public void Camel_case_is_taken_apart(string name, string label) => Assert.Equal(label, Labels.Of(name));
}
