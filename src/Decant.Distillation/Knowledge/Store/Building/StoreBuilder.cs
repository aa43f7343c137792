using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Distillation.Training;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>
/// Runs the teacher once over a data set and writes what a request asks for. A build that was stopped, or killed, goes on with the
/// first record that is not whole on disk, and gives the same bytes as one that was not.
/// </summary>
public sealed class StoreBuilder
{
    private readonly StoreFolder folder;
    private readonly StoreManifest manifest;
    private readonly StoreBuildOptions options;
    private readonly SequencePlan plan;
    private readonly StoredField[] fields;

    /// <summary>Plans a build; nothing is written yet.</summary>
    /// <param name="path">The store's folder.</param>
    /// <param name="source">What it is made from.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="DecantException">The request depends on the batch, so that it cannot be stored.</exception>
    public StoreBuilder(string path, StoreSource source, StoreBuildOptions? options = null)
    {
        (folder, this.options) = (new StoreFolder(path), options ?? new StoreBuildOptions());
        plan = SequencePlan.Of(source.Data, this.options.Part, this.options.Parts);
        manifest = source.ToManifest(this.options, plan.Distinct);
        fields = manifest.CreateFields();
        Source = source;
    }

    /// <summary>What the store is made from.</summary>
    public StoreSource Source { get; }

    /// <summary>What the store will take, before anything runs.</summary>
    public StoreEstimate Estimate() => StoreEstimate.Of(plan, fields, manifest.Teacher.Shape());

    /// <summary>Builds what is not there yet.</summary>
    /// <param name="teacher">Runs the teacher; without dropout.</param>
    /// <param name="device">Where it is.</param>
    /// <param name="observer">Is told how it gets on.</param>
    /// <param name="stop">Cancels between two batches; the same call goes on later.</param>
    /// <returns>The finished store's manifest.</returns>
    /// <exception cref="DecantException">The folder holds something else, is damaged, is being built, or cannot be written.</exception>
    public StoreManifest Build(IKnowledgeSource teacher, Device device = default, IStoreBuildObserver? observer = null, CancellationToken stop = default)
    {
        if (!options.Repair && BuildState.Finished(folder, manifest) is { } done) return done;
        using IDisposable held = StoreLock.Take(folder);
        if (BuildState.Open(folder, manifest, options.Repair) is { Complete: true } meanwhile) return meanwhile;
        KnowledgeRequest request = manifest.KnowledgeRequest();
        teacher.Prepare(request);
        List<StoreShard> found = FindRecords();
        long records = found.Sum(s => s.Records);
        observer?.Started(plan.Records, records);
        using var writer = new ShardWriter(folder, manifest, found, options.Write);
        var block = new BlockBuffer(options.Compression);
        long before = 0;
        for (int b = 0; b < plan.Count; b++)
        {
            int[] sequences = plan[b];
            int skip = (int)Math.Clamp(records - before, 0, sequences.Length);
            before += sequences.Length;
            if (skip == sequences.Length) continue;
            stop.ThrowIfCancellationRequested();
            Write(sequences, skip, teacher, request, device, block, writer);
            observer?.Advanced(records = before, writer.Bytes);
        }
        StoreManifest finished = manifest with { Complete = true, Shards = [.. writer.Finish()] };
        folder.Write(finished);
        return finished;
    }

    private void Write(int[] sequences, int skip, IKnowledgeSource teacher, KnowledgeRequest request, Device device, BlockBuffer block, ShardWriter writer)
    {
        using var scope = new TensorScope();
        TokenBatch tokens = SequenceBatch.Create(plan.Data, sequences, Source.PadId);
        TeacherKnowledge answer = teacher.Read(TrainingBatch.Create(tokens, device), request);
        var arrays = new FieldArrays[fields.Length];
        for (int f = 0; f < fields.Length; f++) fields[f].Take(answer, tokens, arrays[f] = new FieldArrays());
        for (int row = skip; row < sequences.Length; row++)
        {
            int length = tokens.Lengths[row], size = 0;
            Span<byte> room = block.Reserve(fields.Sum(f => f.MaxSize(length)));
            for (int f = 0; f < fields.Length; f++) size += fields[f].Encode(arrays[f], row, length, room[size..]);
            block.Commit(plan.Keys[sequences[row]], length, size);
            if (block.Bytes >= manifest.BlockBytes || row == sequences.Length - 1) writer.Append(block);
        }
    }

    private List<StoreShard> FindRecords()
    {
        using IEnumerator<UInt128> expected = Expected().GetEnumerator();
        return ShardRecovery.Find(folder, manifest, options.Repair, key => expected.MoveNext() && expected.Current == key);
    }

    private IEnumerable<UInt128> Expected()
    {
        for (int b = 0; b < plan.Count; b++)
            foreach (int sequence in plan[b]) yield return plan.Keys[sequence];
    }
}
