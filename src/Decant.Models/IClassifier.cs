using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Models;

/// <summary>A model that answers a sequence with logits: a label, or a number.</summary>
public interface IClassifier : IModel
{
    /// <summary>The encoder.</summary>
    BertEncoder Encoder { get; }

    /// <summary>The sizes of its encoder.</summary>
    BertConfig Config { get; }

    /// <summary>Logits per sequence.</summary>
    int Outputs { get; }

    /// <summary>Puts all parameters on a device.</summary>
    /// <param name="device">Where they go.</param>
    void MoveTo(Device device);
}
