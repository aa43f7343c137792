namespace Decant;

/// <summary>
/// An error that a person has to read: the message says what is wrong, where (file, line, field) and what to do.
/// The command line prints it without a stack trace and ends with exit code 1.
/// </summary>
public class DecantException : Exception
{
    /// <summary>Makes an error from its message.</summary>
    /// <param name="message">What is wrong, where, and what to do about it.</param>
    public DecantException(string message) : base(message) { }

    /// <summary>Makes an error from its message and the lower-level cause.</summary>
    /// <param name="message">What is wrong, where, and what to do about it.</param>
    /// <param name="innerException">The exception that led to this one.</param>
    public DecantException(string message, Exception innerException) : base(message, innerException) { }
}
