using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Distillation.Knowledge.Store.Reading;
using Decant.Distillation.Training;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store;

/// <summary>
/// A teacher's knowledge that was written once: answers what it holds, and any part of it, for batches in any order. The files are
/// mapped, not loaded; expected batches are read in the background. For one training at a time; several stores may share the files.
/// </summary>
public sealed class KnowledgeStore : IKnowledgeSource
{
    private const int MostAhead = 64;

    private readonly RecordTable table;
    private readonly StoredField[] fields;
    private readonly IDisposable? held;
    private readonly List<BatchSlot> ahead = [];
    private readonly Stack<BatchSlot> free = [];
    private ReadPlan? plan;

    private KnowledgeStore(string path, StoreManifest manifest, RecordTable table, IDisposable? held)
    {
        (Path, Manifest, this.table, this.held) = (path, manifest, table, held);
        fields = manifest.CreateFields();
        Teacher = manifest.Teacher.Shape();
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What it holds and what it was made from.</summary>
    public StoreManifest Manifest { get; }

    /// <inheritdoc/>
    public TeacherShape Teacher { get; }

    /// <summary>Opens a finished store. Its tables of records are checked; values are checked when they are first read.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DecantException">There is none, it is not finished, or a file of it is missing or damaged.</exception>
    public static KnowledgeStore Open(string path)
    {
        var folder = new StoreFolder(path);
        IDisposable? held = StoreLock.Share(folder);
        try
        {
            StoreManifest manifest = StoreManifest.Read(path);
            if (!manifest.Complete) throw new DecantException($"The knowledge store {path} is not finished. Go on with 'decant teach' and the recipe that it was begun with.");
            if (StoreParts.Missing(manifest) is { } missing) throw new DecantException($"The knowledge store {path} is only a part: {missing}. Put the parts together with 'decant store merge'.");
            return new KnowledgeStore(path, manifest, new RecordTable(folder, manifest), held);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a data set of which a sequence has no record, before training starts.</summary>
    /// <param name="data">What is trained on.</param>
    /// <exception cref="DecantException">A record is missing.</exception>
    public void RequireExamples(EncodedDataSet data)
    {
        UInt128[] keys = SequencePlan.KeysOf(data);
        int[] missing = [.. Enumerable.Range(0, keys.Length).Where(s => table.Find(keys[s]) < 0)];
        if (missing.Length == 0) return;
        throw new DecantException($"The knowledge store {Path} was made from other data: its field data.fingerprint is '{string.Join(", ", Manifest.Data.Select(d => d.Fingerprint))}', that of the recipe's data is '{data.Data.Fingerprint}', and {missing.Length} of {keys.Length} sequences have no record (first: example {data.Data.Examples[missing[0] / data.Choices].Id}). Make a store for this data with 'decant teach'.");
    }

    /// <inheritdoc/>
    public void Prepare(KnowledgeRequest request) => PlanOf(request);

    /// <inheritdoc/>
    public void Expect(TokenBatch batch, KnowledgeRequest request)
    {
        if (ahead.Count == MostAhead) return;
        BatchSlot slot = Free();
        slot.Start(batch, PlanOf(request));
        ahead.Add(slot);
    }

    /// <inheritdoc/>
    public TeacherKnowledge Read(TrainingBatch batch, KnowledgeRequest request)
    {
        ReadPlan wanted = PlanOf(request);
        BatchSlot slot = Take(batch.Tokens, wanted);
        try
        {
            return Answer(slot, batch, wanted);
        }
        finally
        {
            free.Push(slot);
        }
    }

    /// <summary>Lets go of the files.</summary>
    public void Dispose()
    {
        foreach (BatchSlot slot in ahead) slot.Settle();
        table.Dispose();
        held?.Dispose();
    }

    private BatchSlot Free() => free.TryPop(out BatchSlot? slot) ? slot : new BatchSlot(table, fields, Path);

    private BatchSlot Take(TokenBatch batch, ReadPlan wanted)
    {
        int at = ahead.FindIndex(slot => slot.Batch == batch && slot.Plan == wanted);
        BatchSlot slot = at < 0 ? Free() : ahead[at];
        if (at >= 0) ahead.RemoveAt(at);
        else slot.Run(batch, wanted);
        slot.Wait();
        return slot;
    }

    private TeacherKnowledge Answer(BatchSlot slot, TrainingBatch batch, ReadPlan wanted)
    {
        Device device = batch.Input.InputIds.Device;
        Tensor? Vector(int? field) => field is { } f ? ((VectorField)fields[f]).Answer(slot[f], batch.Tokens, device) : null;
        var states = new Dictionary<HiddenStateRequest, SelectedHiddenState>();
        foreach ((HiddenStateRequest request, int f) in wanted.States)
        {
            var field = (StateField)fields[f];
            states[request] = StateNarrowing.Cut(field.Answer(slot[f], batch.Tokens, device), field.Request, request, batch.Tokens);
        }
        return new TeacherKnowledge(Vector(wanted.Logits), states) { Pooled = Vector(wanted.Pooled) };
    }

    // Training asks for the same thing over and over.
    private ReadPlan PlanOf(KnowledgeRequest request)
    {
        if (plan is not null && ReferenceEquals(plan.Request, request)) return plan;
        ReadPlan made = ReadPlan.Of(request, fields, Teacher.HiddenSize, out KnowledgeRequest missing);
        if (!missing.IsEmpty)
            throw new DecantException($"The knowledge store {Path} holds {Manifest.KnowledgeRequest().Describe()}, but the recipe also needs {missing.Describe()}. Make a store for this recipe with 'decant teach', or name one that has it.");
        return plan = made;
    }
}
