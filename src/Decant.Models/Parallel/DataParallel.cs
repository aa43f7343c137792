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
    // The lanes' gradients are there at the same time. Products of a larger model are large enough to be shared among threads.
    private const long MostGradientBytes = 512L << 20;

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
        if ((lanes - 1) * trained.Sum(t => t.Count) * sizeof(float) > MostGradientBytes) return model.Forward(input, request, dropout);
        var gathering = new Gathering(lanes, input.Batch, trained);
        ulong position = 0;
        try
        {
            Lanes.Run(lanes, lane =>
            {
                using var scope = new TensorScope();
                (long first, long count) = Lanes.Share(lane, lanes, input.Batch);
                Dropout? drops = dropout?.ForRows(first, count, input.Batch);
                gathering.Take(lane, model.Forward(input.Rows(first, count), request.Rows(first, count), drops));
                if (lane == 0 && drops is not null) position = drops.Stream.Position;
            });
        }
        catch
        {
            gathering.Drop();
            throw;
        }
        if (dropout is not null) dropout.Stream.Position = position;
        return gathering.Outputs();
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
