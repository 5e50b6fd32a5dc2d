using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Protocols;

/// <summary>What a step gave: its value, or the fault because of which there is none.</summary>
public readonly struct StepResult<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly ProtocolFault? _fault;

    private StepResult(T? value, ProtocolFault? fault) => (_value, _fault) = (value, fault);

    /// <summary>The fault, or null.</summary>
    public ProtocolFault? Fault => _fault;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is a fault instead.</exception>
    public T Value => Is(out var value, out var fault) ? value : throw new InvalidOperationException(fault.ToString());

    /// <summary>True and the value, or false and the fault.</summary>
    public bool Is([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ProtocolFault? fault)
    {
        (value, fault) = (_value, _fault);
        if (_fault is null && _value is null) throw new InvalidOperationException("This result was never set.");
        return _fault is null;
    }

    /// <summary>Wraps a value.</summary>
    public static implicit operator StepResult<T>(T value) => new(value, null);

    /// <summary>Wraps a fault.</summary>
    public static implicit operator StepResult<T>(ProtocolFault fault) => new(default, fault);

    /// <summary>Wraps a refusal that names nobody.</summary>
    public static implicit operator StepResult<T>(Refusal refusal) => new(default, new ProtocolFault.Refused(refusal));
}
