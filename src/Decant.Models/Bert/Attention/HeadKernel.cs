using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Decant.Torch.Random;

namespace Decant.Models.Bert.Attention;

/// <summary>
/// One attention head of one sequence after the other, forward and back, on memory that stays in the processor's cache. Queries go
/// through in blocks, so that no matrix of scores is ever whole (Dao et al. 2022, FlashAttention, section 3.1). One for each thread.
/// </summary>
internal sealed unsafe class HeadKernel
{
    private const int QueryBlock = 32;

    [ThreadStatic] private static HeadKernel? one;

    private AttentionShape shape;
    private int keyStride, sizeStride;  // tokens and head size, rounded up to SmallProduct.Block
    private float* queries, keys, keyColumns, values, valueColumns, ofContext, scores, ofScores, masks, ofKeys, ofValues, output;
    private float[] memory = [];

    /// <summary>The kernel of this thread, ready for tensors of a shape.</summary>
    /// <param name="shape">The shape.</param>
    public static HeadKernel For(in AttentionShape shape)
    {
        HeadKernel kernel = one ??= new HeadKernel();
        kernel.Prepare(shape);
        return kernel;
    }

    /// <summary>The context of all heads.</summary>
    /// <param name="t">Queries, keys, values and mask.</param>
    /// <param name="dropout">For the probabilities; null for none.</param>
    /// <param name="context">[batch, queries, heads × size], overwritten.</param>
    public void Forward(in AttentionPointers t, DropoutMask? dropout, float* context)
    {
        for (int head = 0; head < shape.Batch * shape.Heads; head++)
        {
            LoadColumns(t.Keys + shape.KeyAt(head), keyColumns);
            LoadRows(t.Values + shape.KeyAt(head), shape.Tokens, values, 1);
            for (int first = 0; first < shape.Queries; first += QueryBlock)
            {
                int count = Math.Min(QueryBlock, shape.Queries - first);
                Probabilities(t, head, first, count);
                if (dropout is not null)
                {
                    DrawMasks(dropout, head, first, count);
                    Multiply(scores, masks, count * keyStride);
                }
                SmallProduct.Multiply(scores, keyStride, 1, values, output, count, shape.Tokens, sizeStride);
                Store(output, count, context + shape.QueryAt(head, first), 1);
            }
        }
    }

    /// <summary>The gradients of queries, keys and values of all heads.</summary>
    /// <param name="t">What <see cref="Forward"/> got.</param>
    /// <param name="dropout">What <see cref="Forward"/> got.</param>
    /// <param name="grad">The gradient of the context, [batch, queries, heads × size].</param>
    /// <param name="result">The gradients, of the shapes of queries, keys and values; overwritten.</param>
    public void Backward(in AttentionPointers t, DropoutMask? dropout, float* grad, in AttentionPointers result)
    {
        for (int head = 0; head < shape.Batch * shape.Heads; head++)
        {
            float* headKeys = t.Keys + shape.KeyAt(head);
            LoadColumns(headKeys, keyColumns);
            LoadRows(headKeys, shape.Tokens, keys, 1);
            LoadColumns(t.Values + shape.KeyAt(head), valueColumns);
            new Span<float>(ofKeys, shape.Tokens * sizeStride).Clear();
            new Span<float>(ofValues, shape.Tokens * sizeStride).Clear();
            for (int first = 0; first < shape.Queries; first += QueryBlock)
            {
                int count = Math.Min(QueryBlock, shape.Queries - first);
                Probabilities(t, head, first, count);
                LoadRows(grad + shape.QueryAt(head, first), count, ofContext, 1);
                SmallProduct.Multiply(ofContext, sizeStride, 1, valueColumns, ofScores, count, shape.Size, keyStride);
                if (dropout is not null)
                {
                    DrawMasks(dropout, head, first, count);
                    Multiply(ofScores, masks, count * keyStride);
                    Multiply(masks, scores, count * keyStride);
                }
                SmallProduct.Multiply(dropout is null ? scores : masks, 1, keyStride, ofContext, ofValues, shape.Tokens, count, sizeStride, add: true);
                for (int row = 0; row < count; row++) OfSoftmax(scores + row * keyStride, ofScores + row * keyStride);
                SmallProduct.Multiply(ofScores, keyStride, 1, keys, output, count, shape.Tokens, sizeStride);
                Store(output, count, result.Queries + shape.QueryAt(head, first), shape.Scale);
                SmallProduct.Multiply(ofScores, 1, keyStride, queries, ofKeys, shape.Tokens, count, sizeStride, add: true);
            }
            Store(ofKeys, shape.Tokens, result.Keys + shape.KeyAt(head), 1);
            Store(ofValues, shape.Tokens, result.Values + shape.KeyAt(head), 1);
        }
    }

    // softmax(q kᵀ / √d + mask) of a block of queries, in `scores`; what is beyond the tokens is 0.
    private void Probabilities(in AttentionPointers t, int head, int first, int count)
    {
        LoadRows(t.Queries + shape.QueryAt(head, first), count, queries, shape.Scale);
        SmallProduct.Multiply(queries, sizeStride, 1, keyColumns, scores, count, shape.Size, keyStride);
        float* mask = t.Mask is null ? null : t.Mask + (nint)head * shape.Tokens;
        for (int row = 0; row < count; row++) Softmax(scores + row * keyStride, mask);
    }

    private void Softmax(float* row, float* mask)
    {
        int tokens = shape.Tokens;
        if (mask is not null)
            for (int k = 0; k < tokens; k++) row[k] += mask[k];
        for (int k = tokens; k < keyStride; k++) row[k] = float.NegativeInfinity;
        var largest = Vector256.Load(row);
        for (int k = 8; k < keyStride; k += 8) largest = Vector256.Max(largest, Vector256.Load(row + k));
        float top = largest[0];
        for (int lane = 1; lane < 8; lane++) top = MathF.Max(top, largest[lane]);
        Vector256<float> shift = Vector256.Create(top), sum = default;
        for (int k = 0; k < keyStride; k += 8)
        {
            Vector256<float> e = Exponential.Of(Vector256.Load(row + k) - shift);
            sum += e;
            e.Store(row + k);
        }
        var scale = Vector256.Create(1 / Sum(sum));
        for (int k = 0; k < keyStride; k += 8) (Vector256.Load(row + k) * scale).Store(row + k);
    }

    // p (g − Σ p g), in place of g.
    private void OfSoftmax(float* p, float* g)
    {
        Vector256<float> sum = default;
        for (int k = 0; k < keyStride; k += 8) sum = Vector256.FusedMultiplyAdd(Vector256.Load(p + k), Vector256.Load(g + k), sum);
        var mean = Vector256.Create(Sum(sum));
        for (int k = 0; k < keyStride; k += 8) (Vector256.Load(p + k) * (Vector256.Load(g + k) - mean)).Store(g + k);
    }

    // Always in this order.
    private static float Sum(Vector256<float> v) => v[0] + v[4] + (v[1] + v[5]) + (v[2] + v[6] + (v[3] + v[7]));

    private static void Multiply(float* target, float* factor, int count)
    {
        for (int i = 0; i < count; i += 8) (Vector256.Load(target + i) * Vector256.Load(factor + i)).Store(target + i);
    }

    // The masks of a block lie one behind the other in the stream: they are drawn at once and then set apart, the last row first.
    private void DrawMasks(DropoutMask dropout, int head, int first, int count)
    {
        int tokens = shape.Tokens;
        dropout.Draw(new Span<float>(masks, count * tokens), ((long)head * shape.Queries + first) * tokens);
        for (int row = count - 1; row >= 0; row--)
        {
            new Span<float>(masks + row * tokens, tokens).CopyTo(new Span<float>(masks + row * keyStride, tokens));
            new Span<float>(masks + row * keyStride + tokens, keyStride - tokens).Clear();
        }
    }

    private void LoadRows(float* from, int rows, float* to, float factor) => CopyRows(from, shape.Step, to, sizeStride, rows, factor);

    private void Store(float* from, int rows, float* to, float factor) => CopyRows(from, sizeStride, to, shape.Step, rows, factor);

    private void CopyRows(float* from, int fromStep, float* to, int toStep, int rows, float factor)
    {
        for (int row = 0; row < rows; row++, from += fromStep, to += toStep)
        {
            int i = 0;
            for (; i <= shape.Size - 8; i += 8) (Vector256.Load(from + i) * factor).Store(to + i);
            for (; i < shape.Size; i++) to[i] = from[i] * factor;
        }
    }

    private void LoadColumns(float* from, float* to)
    {
        for (int token = 0; token < shape.Tokens; token++, from += shape.Step, to++)
            for (int i = 0; i < shape.Size; i++) to[i * keyStride] = from[i];
    }

    // What rounding adds to rows and columns stays 0: nothing but what lies before it is ever written.
    private void Prepare(in AttentionShape next)
    {
        if (next.Tokens == shape.Tokens && next.Size == shape.Size)
        {
            shape = next;
            return;
        }
        shape = next;
        (keyStride, sizeStride) = (RoundUp(next.Tokens), RoundUp(next.Size));
        int rows = QueryBlock * sizeStride, block = QueryBlock * keyStride, byToken = next.Tokens * sizeStride, bySize = next.Size * keyStride;
        int needed = 3 * rows + 3 * block + 4 * byToken + 2 * bySize;
        if (memory.Length < needed + 16) memory = GC.AllocateUninitializedArray<float>(needed + needed / 2 + 16, pinned: true);
        Array.Clear(memory);
        var at = (float*)(((nint)Unsafe.AsPointer(ref memory[0]) + 63) & ~63);
        float* Take(int count)
        {
            float* taken = at;
            at += count;
            return taken;
        }
        queries = Take(rows);
        ofContext = Take(rows);
        output = Take(rows);
        scores = Take(block);
        ofScores = Take(block);
        masks = Take(block);
        keys = Take(byToken);
        values = Take(byToken);
        ofKeys = Take(byToken);
        ofValues = Take(byToken);
        keyColumns = Take(bySize);
        valueColumns = Take(bySize);
    }

    private static int RoundUp(int count) => (count + SmallProduct.Block - 1) / SmallProduct.Block * SmallProduct.Block;
}
