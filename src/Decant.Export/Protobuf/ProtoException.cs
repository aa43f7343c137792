namespace Decant.Export.Protobuf;

/// <summary>Bytes that are no message; whoever knows the file makes a message for people of it.</summary>
internal sealed class ProtoException(string message) : Exception(message);
