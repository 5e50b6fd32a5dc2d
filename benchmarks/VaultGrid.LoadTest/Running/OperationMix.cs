using System.Globalization;

namespace VaultGrid.LoadTest;

/// <summary>A kind of call.</summary>
internal enum Operation
{
    /// <summary>A fresh request with fresh approvals, filed and carried out at once.</summary>
    Sign,

    /// <summary>An audit signature. Enclaves give few of them a second; more are refused with <c>audit.rate</c>.</summary>
    Audit,

    /// <summary>The grid's status.</summary>
    Status,
}

/// <summary>Shares of the kinds of calls.</summary>
internal sealed record OperationMix(int Sign, int Audit, int Status)
{
    /// <summary>Reads <c>sign=90,audit=1,status=9</c>; what is left out has no share.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    public static OperationMix Parse(string text)
    {
        var shares = new Dictionary<Operation, int>();
        foreach (var part in text.Split(','))
        {
            if (part.Split('=') is not [var name, var share]
                || !Enum.TryParse<Operation>(name, ignoreCase: true, out var operation) || !Enum.IsDefined(operation)
                || !int.TryParse(share, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1000
                || !shares.TryAdd(operation, number))
                throw new UsageException($"'{text}' is no mix: expected shares such as sign=90,audit=1,status=9");
        }

        var mix = new OperationMix(shares.GetValueOrDefault(Operation.Sign), shares.GetValueOrDefault(Operation.Audit), shares.GetValueOrDefault(Operation.Status));
        return mix.Sum > 0 ? mix : throw new UsageException("a mix has at least one share above 0");
    }

    /// <summary>The kind of the call with a number: shares are spread evenly, so that every stretch of calls has about the same mix.</summary>
    public Operation At(long call)
    {
        // Steps of the golden ratio visit [0, sum) evenly.
        var place = call * 0.618033988749895 % 1 * Sum;
        return place < Sign ? Operation.Sign : place < Sign + Audit ? Operation.Audit : Operation.Status;
    }

    private int Sum => Sign + Audit + Status;

    public override string ToString() => $"sign={Sign},audit={Audit},status={Status}";
}
