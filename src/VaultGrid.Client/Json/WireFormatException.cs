using System.Text.Json;

namespace VaultGrid.Client.Json;

/// <summary>A value in a JSON text isn't in its one form. Unlike the serializer's own messages, what was expected may be told to whoever sent it.</summary>
public sealed class WireFormatException : JsonException
{
    internal WireFormatException(string expected)
        : base(expected) => Expected = expected;

    /// <summary>What was expected, as part of a sentence: <c>expected a byte string …</c></summary>
    public string Expected { get; }
}
