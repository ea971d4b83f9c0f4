#!/bin/sh
# Errors of a refresh, read from standard input, as a mail through the house's own sendmail. AN is the office's address.
set -eu
AN="${MONITORING_NACHRICHT_AN:?Adresse fehlt: MONITORING_NACHRICHT_AN}"
{
  printf 'To: %s\nSubject: Integrationsmonitoring: Fehler in der letzten Aktualisierung\n' "$AN"
  printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n'
  cat
} | "${SENDMAIL:-/usr/sbin/sendmail}" -t
