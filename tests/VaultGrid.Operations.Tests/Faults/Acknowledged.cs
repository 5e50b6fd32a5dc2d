using System.Collections.Concurrent;
using System.Threading.Channels;

namespace VaultGrid.Operations.Tests.Faults;

/// <summary>What callers were told, and what they asked without being told: the two must come together after every fault.</summary>
internal sealed class Acknowledged
{
    private readonly Channel<bool> _news = Channel.CreateUnbounded<bool>();
    private int _count;

    /// <summary>Requests that were asked for, with their documents, and the last that was said of each.</summary>
    public ConcurrentDictionary<RequestId, (RequestDocument Request, byte[]? Document, RequestStatus? Known)> Requests { get; } = new();

    /// <summary>Keys by name, as they were acknowledged.</summary>
    public ConcurrentDictionary<KeyId, Hash256> Keys { get; } = new();

    /// <summary>The number of the newest acknowledged policy of each key.</summary>
    public ConcurrentDictionary<KeyId, ulong> Policies { get; } = new();

    public int Count => _count;

    public void Asked(RequestDocument request, byte[]? document) => Requests.TryAdd(request.Request.Id, (request, document, null));

    public void Said(RequestDocument request, byte[]? document, RequestStatus status)
    {
        Requests[request.Request.Id] = (request, document, status);
        if (status.State == "done" && request.Request is CreateKeyRequest create) Keys[create.KeyId] = status.Key!.Value;
        if (status.State == "done" && request.Request is ChangePolicyRequest)
        {
            var policy = KeyPolicy.Parse(document).Value;
            Policies.AddOrUpdate(policy.KeyId, policy.Number, (_, known) => Math.Max(known, policy.Number));
        }

        Interlocked.Increment(ref _count);
        _news.Writer.TryWrite(true);
    }

    /// <summary>Waits until so many answers have come since the beginning.</summary>
    public async Task UntilAsync(int count, CancellationToken cancellationToken)
    {
        while (_count < count) await _news.Reader.ReadAsync(cancellationToken);
    }
}
