using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The stored ETag is not the one this writer last saw: another activation wrote. The activation that meets it ends.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception? storageException)
        : base($"The stored ETag is '{storedEtag}', the writer has '{currentEtag}'.", storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    [Id(1)]
    public string? StoredEtag { get; private set; }

    [Id(2)]
    public string? CurrentEtag { get; private set; }
}
