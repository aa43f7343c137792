using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Parallel;

/// <summary>
/// Runs a model with a share of the batch on each thread (<see cref="Lanes"/>), and hands out the outputs of the whole batch, as PyTorch's
/// <c>nn.DataParallel</c> does with devices. There is one set of weights. Outputs and gradients are those of the model itself but for
/// the order in which sums are taken; dropout is the same.
/// </summary>
/// <param name="model">The model, on any device; lanes are for main memory. Disposed with this one.</param>
public sealed class DataParallel(IModel model) : IModel
{
    /// <inheritdoc/>
    public long ParameterCount => model.ParameterCount;

    /// <inheritdoc/>
    public int Layers => model.Layers;

    /// <inheritdoc/>
    public int HiddenSize => model.HiddenSize;

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> NamedParameters() => model.NamedParameters();

    /// <inheritdoc/>
    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null)
    {
        int lanes = input.InputIds.Device.Type == DeviceType.Cpu ? Lanes.For(input.Batch) : 1;
        if (lanes == 1) return model.Forward(input, request, dropout);
        Tensor[] trained = GradMode.IsEnabled ? [.. model.NamedParameters().Select(p => p.Tensor).Where(t => t.RequiresGrad)] : [];
        var gathering = new Gathering(lanes, input.Batch, trained);
        Dropout?[] drops = [.. Enumerable.Range(0, lanes).Select(lane => Lanes.Share(lane, lanes, input.Batch)).Select(s => dropout?.ForRows(s.First, s.Count, input.Batch))];
        try
        {
            Lanes.Run(lanes, lane =>
            {
                using var scope = new TensorScope();
                (long first, long count) = Lanes.Share(lane, lanes, input.Batch);
                gathering.Take(lane, model.Forward(input.Rows(first, count), request.Rows(first, count), drops[lane]));
            });
        }
        catch
        {
            gathering.Drop();
            throw;
        }
        if (dropout is not null) dropout.Stream.Position = drops[0]!.Stream.Position;
        return gathering.Outputs();
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
