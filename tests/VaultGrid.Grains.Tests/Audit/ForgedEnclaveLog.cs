using System.Security.Cryptography;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Grains.Tests.Audit;

/// <summary>What an enclave would answer to questions for its log, signed by a key of the test.</summary>
internal sealed class ForgedEnclaveLog
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ForgedCertificate _certificate;
    private readonly List<AuditBatch> _batches = [];
    private ulong _number;
    private Hash256 _hash;

    public ForgedEnclaveLog(string node, ForgedCertificate issuer)
    {
        Node = NodeId.Parse(node);
        _certificate = new ForgedCertificate(CertificateIdentity.Device(Node), issuer, Start.AddDays(-1));
        _hash = AuditChain.Genesis(_certificate.Parsed.Key);
    }

    public NodeId Node { get; }

    public RoleCertificate Certificate => _certificate.Parsed;

    public void Write(int entries, string subject = "")
    {
        var written = new List<ReadOnlyMemory<byte>>();
        AuditEntry entry = null!;
        for (var i = 0; i < entries; i++)
        {
            entry = new AuditEntry { Node = Node, Number = ++_number, Previous = _hash, Time = Start.AddSeconds(_number), Action = "sign", Subject = subject };
            written.Add(entry.ToBytes());
            _hash = AuditEntry.HashOf(written[^1].Span);
        }

        var head = new AuditHead(Node, _number, _hash, entry.Time, default).ToBytes();
        _batches.Add(new AuditBatch(written, ((ECDsa)_certificate.Key).SignData(head, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    /// <summary>Goes back behind a batch, as an enclave whose disk was put back.</summary>
    public void RollBack(int batches)
    {
        _batches.RemoveRange(batches, _batches.Count - batches);
        var last = AuditEntry.Parse(_batches[^1].Entries[^1].Span).Value;
        (_number, _hash) = (last.Number, Hash256.Sha256(last.ToBytes()));
    }

    public AuditPart Part(ulong from) => new(
        _certificate.Der, _number, 0, default, [.. _batches.Where(batch => AuditEntry.Parse(batch.Entries[^1].Span).Value.Number >= from)]);
}
