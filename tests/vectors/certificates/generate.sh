#!/bin/sh
# A root, an Admin CA, an admin and both first lists, made by OpenSSL alone from the profile of protocols.md §1.
# The keys are thrown away: run it again and commit the new files, whose hashes FrozenFormatTests holds.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
arc=2.25.289823953318026556022781239105041513180.1

cat > profile.cnf <<EOF
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical, CA:TRUE, pathlen:2
keyUsage = critical, keyCertSign, cRLSign
certificatePolicies = critical, $arc.1, 2.5.29.32.0
subjectAltName = URI:vaultgrid://ca/root
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
[admin_ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
certificatePolicies = critical, $arc.2, 2.5.29.32.0
subjectAltName = URI:vaultgrid://ca/admin
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
[admin]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
certificatePolicies = critical, $arc.7
subjectAltName = URI:vaultgrid://admin/1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
[list]
authorityKeyIdentifier = keyid:always
[ca]
default_ca = lists
[lists]
database = index
crlnumber = number
default_md = sha256
default_crl_days = 7
crl_extensions = list
EOF

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"; }
list() { : > index; echo 01 > number; openssl ca -config profile.cnf -gencrl -keyfile "$1.key" -cert "$1.pem" -out "$1.crl"; }
certify() { # name, subject, section, issuer, days
    openssl req -new -config profile.cnf -key "$1.key" -subj "$2" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA "$4.pem" -CAkey "$4.key" -sha256 -days "$5" -extfile profile.cnf -extensions "$3" \
        -set_serial "0x40$(openssl rand -hex 15)" -out "$1.pem"
}

key root; key admin-ca; key admin
openssl req -x509 -new -config profile.cnf -key root.key -sha256 -days 7300 -subj "/O=VaultGrid/CN=Root" -extensions root \
    -set_serial "0x40$(openssl rand -hex 15)" -out root.pem
certify admin-ca "/O=VaultGrid/CN=Admin CA" admin_ca root 3650
certify admin "/O=VaultGrid/CN=Admin 1" admin admin-ca 700
list root
list admin-ca
cat root.pem admin-ca.pem root.crl admin-ca.crl > "$here/authorities.pem"
cp admin.pem "$here/admin.pem"
