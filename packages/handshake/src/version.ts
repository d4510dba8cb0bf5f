/**
 * The protocol versions, newest first: 13 is RFC 6455, 8 is
 * draft-ietf-hybi-thewebsocketprotocol-10, whose wire format is the same.
 */
export const supportedVersions: readonly [13, 8] = [13, 8];

/** A protocol version that both sides of this package speak. */
export type SupportedVersion = (typeof supportedVersions)[number];

/** Narrows a number to the versions that we speak. */
export function isSupportedVersion(version: number): version is SupportedVersion {
  return version === 13 || version === 8;
}
