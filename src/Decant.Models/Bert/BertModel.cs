using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>The encoder by itself (<c>BertModel</c>): hidden states, and the pooled output where the checkpoint has a pooler.</summary>
public sealed class BertModel : Module
{
    /// <summary>Makes a model with new weights.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="init">First values.</param>
    /// <param name="withPooler">Whether it has a pooler.</param>
    public BertModel(BertConfig config, Initializer init, bool withPooler)
    {
        HasPooler = withPooler;
        Encoder = AddChild("bert", new BertEncoder(config, init, withPooler));
    }

    /// <summary>The encoder.</summary>
    public BertEncoder Encoder { get; }

    /// <summary>Whether it has a pooler.</summary>
    public bool HasPooler { get; }

    /// <summary>Last hidden states [batch, tokens, hidden] and, with a pooler, the pooled output [batch, hidden].</summary>
    /// <param name="input">The sequences.</param>
    public BertEncoderOutput Forward(ModelInput input) => Encoder.Forward(input, OutputRequest.LogitsOnly, null, lastForAllTokens: true);
}
