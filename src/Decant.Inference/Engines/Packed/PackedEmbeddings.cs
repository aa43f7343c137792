using Decant.Inference.Kernels;
using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Inference.Engines.Packed;

/// <summary>The embedding tables. Positions and segments are added up beforehand.</summary>
internal sealed unsafe class PackedEmbeddings : IDisposable
{
    private readonly VectorKernels _kernels;
    private readonly LayerSizes _sizes;
    private readonly FloatMemory _words, _places;
    private readonly PackedNorm _norm;
    private readonly int _types, _stride;

    public PackedEmbeddings(VectorKernels kernels, LayerSizes sizes, BertConfig config, WeightSource weights)
    {
        (_kernels, _sizes, _types) = (kernels, sizes, config.TypeVocabSize);
        _stride = (sizes.Hidden + kernels.VectorWidth - 1) / kernels.VectorWidth * kernels.VectorWidth;
        WeightSource own = weights.Below("embeddings");
        Tensor words = own["word_embeddings.weight"], positions = own["position_embeddings.weight"], types = own["token_type_embeddings.weight"];
        _words = new FloatMemory((nint)config.VocabSize * _stride);
        for (int i = 0; i < config.VocabSize; i++) Row(words, i).CopyTo(new Span<float>(_words.Start + (nint)i * _stride, _stride));
        _places = new FloatMemory((nint)_types * config.MaxPositions * _stride);
        for (int type = 0; type < _types; type++)
            for (int position = 0; position < config.MaxPositions; position++)
                System.Numerics.Tensors.TensorPrimitives.Add(Row(positions, position), Row(types, type), new Span<float>(Place(type, position), _stride));
        _norm = own.Norm(kernels, "LayerNorm", config.LayerNormEpsilon);
    }

    /// <summary>Writes hidden state 0.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="first">The first row.</param>
    /// <param name="last">The row behind the last.</param>
    /// <param name="hidden">[rows, hidden]</param>
    public void Run(RaggedRows texts, int first, int last, float* hidden)
    {
        if (first >= last) return;
        int text = texts.TextAt(first);
        for (int row = first; row < last; text++)
        {
            ReadOnlySpan<int> ids = texts.Ids(text);
            int start = texts.Start(text), end = Math.Min(last - start, ids.Length), firstLength = texts.FirstLength(text);
            if (firstLength < ids.Length && _types < 2)
                throw new DecantException("The model has one segment only: it was not made for pairs of texts. Give single texts.");
            for (int position = row - start; position < end; position++, row++)
                _kernels.AddNormalize(_words.Start + (nint)ids[position] * _stride, Place(position < firstLength ? 0 : 1, position),
                    1, _sizes.Hidden, 0, _norm, hidden + (nint)row * _sizes.HiddenStride);
        }
    }

    public void Dispose()
    {
        _words.Dispose();
        _places.Dispose();
        _norm.Dispose();
    }

    private float* Place(int type, int position) => _places.Start + ((nint)position * _types + type) * _stride;

    private ReadOnlySpan<float> Row(Tensor table, int row) => table.Span<float>().Slice(row * _sizes.Hidden, _sizes.Hidden);
}
