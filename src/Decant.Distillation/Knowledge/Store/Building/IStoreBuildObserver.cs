namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>Is told how a build gets on. All methods may be left as they are.</summary>
public interface IStoreBuildObserver
{
    /// <summary>The build begins, or goes on after a stop.</summary>
    /// <param name="records">Records it has in all.</param>
    /// <param name="resumedAt">Records that were there already.</param>
    void Started(long records, long resumedAt) { }

    /// <summary>A batch of the teacher was written.</summary>
    /// <param name="records">Records so far.</param>
    /// <param name="bytes">Bytes so far.</param>
    void Advanced(long records, long bytes) { }
}
