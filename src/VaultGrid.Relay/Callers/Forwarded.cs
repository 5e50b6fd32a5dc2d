using Microsoft.Extensions.Primitives;

namespace VaultGrid.Relay;

/// <summary>What the headers say of the caller behind the connection: anything or nothing, until it is checked.</summary>
internal readonly record struct Forwarded(StringValues Caller, StringValues Hops)
{
    public bool IsAbsent => Caller.Count == 0 && Hops.Count == 0;

    /// <summary>The number of the relay that sent it; null where that isn't a number from 1, or past the most there may be.</summary>
    public int? Number => Hops.Count == 1 && Hops[0] is { Length: 1 } digit && digit[0] - '0' is >= 1 and <= GridHeaders.HopsMax and var number ? number : null;

    public static Forwarded Of(IHeaderDictionary headers) => new(headers[GridHeaders.Caller], headers[GridHeaders.Hops]);
}
