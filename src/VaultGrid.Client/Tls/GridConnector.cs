using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace VaultGrid.Client;

/// <summary>Opens verified TLS connections to relays.</summary>
internal sealed class GridConnector(TlsIdentity identity, KnownAuthorities authorities, TimeProvider time)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SslStream? tls = null;
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            var verification = new ServerVerification(authorities, context.DnsEndPoint.Host, time);
            try
            {
                await tls.AuthenticateAsClientAsync(verification.Options(identity), cancellationToken);
            }
            catch (AuthenticationException) when (verification.Refusal is not null)
            {
                throw new ServerRefusedException(verification.Refusal);
            }

            return tls;
        }
        catch
        {
            if (tls is not null) await tls.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }
}
