namespace Orleans.Serialization;

/// <summary>A type that is neither annotated nor known to the engine was about to travel.</summary>
[GenerateSerializer]
#pragma warning disable CA1032 // The constructors are Orleans's.
public sealed class CodecNotFoundException(string message) : SerializerException(message);
#pragma warning restore CA1032
