using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Models;
using Decant.Torch;

namespace Decant.Tests.Training;

/// <summary>A loss or a gradient that is no number stops the stage before it can spoil anything.</summary>
public class TrainerDivergenceTests
{
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_loss_that_is_not_finite_names_update_and_objective(double value, string shown)
    {
        string message = RunsInto(new Spoiled(8, logits => logits.Sum() * 0 + value));
        Assert.Equal($"The loss of 'spoiled' is {shown} at update 8 of stage 'distil'. Nothing of this update was kept. "
            + "Lower the learning rate or the objective's weight, and go on from the last checkpoint with --resume.", message);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_names_update_and_parameter()
    {
        // √0 is 0, and its slope is not finite.
        string message = RunsInto(new Spoiled(8, logits => (logits * 0).Square().Sum().Sqrt()));
        Assert.StartsWith("The gradient of 'bert.embeddings.word_embeddings.weight' is not finite, though the loss is at update 8 of stage 'distil'. Nothing of this update was kept.", message);
    }

    private static string RunsInto(Spoiled objective)
    {
        using var healthy = new TinyRun { Extra = ("spoiled", new Spoiled(100, logits => logits)) };
        using var spoiled = new TinyRun { Extra = ("spoiled", objective) };
        string message = Assert.Throws<DecantException>(() => spoiled.Run()).Message;

        // The checkpoint of update 5 is as good as it was: from there the stage goes on as if nothing had happened.
        using var resumed = new TinyRun { Extra = ("spoiled", new Spoiled(100, logits => logits)) };
        foreach (string file in spoiled.Files) File.Copy(Path.Combine(spoiled.Folder, file), Path.Combine(resumed.Folder, file));
        var updates = new List<long>();
        var weights = resumed.Run(new TinyRun.OnUpdate(u => updates.Add(u.Update))).Weights;
        Assert.Equal(6, updates[0]);
        TinyRun.AssertSameBits(healthy.Run().Weights, weights);
        return message;
    }

    // Two parts make an update.
    private sealed class Spoiled(int update, Func<Tensor, Tensor> loss) : IObjective
    {
        private int parts;

        public KnowledgeRequest Needs => KnowledgeRequest.None;
        public OutputRequest Observes => OutputRequest.LogitsOnly;
        public double Weight => 1;
        public Tensor Loss(ObjectiveInputs inputs) =>
            ++parts > 2 * (update - 1) ? loss(inputs.Student.Logits) : inputs.Student.Logits.Sum() * 0;
    }
}
