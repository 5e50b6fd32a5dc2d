using System.Text.Json;

namespace VaultGrid.Client.Json;

/// <summary>A value in a JSON text isn't in its one form; the message may be shown to whoever sent it, unlike the serializer's own.</summary>
internal sealed class WireFormatException(string message) : JsonException(message);
