using Decant.Inference.Kernels;
using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Inference.Engines.Packed;

/// <summary>The embedding tables. Positions and segments are added up beforehand; the word table may be in two factors.</summary>
internal sealed unsafe class PackedEmbeddings : IDisposable
{
    private readonly VectorKernels _kernels;
    private readonly LayerSizes _sizes;
    private readonly FloatMemory _words, _places;
    private readonly PackedMatrix? _factor;
    private readonly PackedNorm _norm;
    private readonly int _types, _wordStride, _stride;

    public PackedEmbeddings(VectorKernels kernels, LayerSizes sizes, BertConfig config, WeightSource weights)
    {
        (_kernels, _sizes, _types) = (kernels, sizes, config.TypeVocabSize);
        WeightSource own = weights.Below("embeddings");
        bool inFactors = config.EmbeddingRank is not null;
        Tensor words = own[inFactors ? "word_embeddings1.weight" : "word_embeddings.weight"];
        Tensor positions = own["position_embeddings.weight"], types = own["token_type_embeddings.weight"];
        if (inFactors) _factor = new PackedMatrix(kernels, new DenseWeights(own["word_embeddings2.weight"]));
        (_wordStride, _stride) = (Whole((int)words.Size(1)), Whole(sizes.Hidden));
        _words = new FloatMemory((nint)config.VocabSize * _wordStride);
        for (int i = 0; i < config.VocabSize; i++) Row(words, i).CopyTo(new Span<float>(_words.Start + (nint)i * _wordStride, _wordStride));
        _places = new FloatMemory((nint)_types * config.MaxPositions * _stride);
        for (int type = 0; type < _types; type++)
            for (int position = 0; position < config.MaxPositions; position++)
                System.Numerics.Tensors.TensorPrimitives.Add(Row(positions, position), Row(types, type), new Span<float>(Place(type, position), _stride));
        _norm = own.Norm(kernels, "LayerNorm", config);
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
            {
                float* to = hidden + (nint)row * _sizes.HiddenStride, word = _words.Start + (nint)ids[position] * _wordStride;
                _factor?.Apply(word, 0, 1, to, 0);
                _kernels.AddNormalize(_factor is null ? word : to, Place(position < firstLength ? 0 : 1, position), 1, _sizes.Hidden, 0, _norm, to);
            }
        }
    }

    public void Dispose()
    {
        _words.Dispose();
        _places.Dispose();
        _factor?.Dispose();
        _norm.Dispose();
    }

    private float* Place(int type, int position) => _places.Start + ((nint)position * _types + type) * _stride;

    private int Whole(int columns) => (columns + _kernels.VectorWidth - 1) / _kernels.VectorWidth * _kernels.VectorWidth;

    private static ReadOnlySpan<float> Row(Tensor table, int row)
    {
        int width = (int)table.Size(1);
        return table.Span<float>().Slice(row * width, width);
    }
}
