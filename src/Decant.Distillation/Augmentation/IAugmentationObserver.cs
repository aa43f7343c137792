namespace Decant.Distillation.Augmentation;

/// <summary>Is told how augmentation gets on.</summary>
public interface IAugmentationObserver
{
    /// <summary>Work begins, or goes on.</summary>
    /// <param name="rows">Rows of the file.</param>
    /// <param name="resumedAt">Those that an earlier call did.</param>
    void Started(long rows, long resumedAt) { }

    /// <summary>Rows were written.</summary>
    /// <param name="rows">Rows of the file that are done.</param>
    /// <param name="written">Rows that they became.</param>
    void Advanced(long rows, long written) { }
}
