package org.mtl4j.server.security;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;

/**
 * Whether two keys are a pair: what one signs, the other one verifies. Keys do not tell it of
 * themselves, and a server whose keys are none would start and fail each connection.
 */
final class KeyMatch {
  private static final byte[] TEXT = {1, 2, 3, 4};
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private KeyMatch() {}

  /** Of keys whose algorithm is none of TLS's usual ones nobody can say, and it is true. */
  static boolean of(PrivateKey secret, PublicKey open) {
    if (!secret.getAlgorithm().equals(open.getAlgorithm())) {
      return false;
    }
    String algorithm = SIGNATURES.get(secret.getAlgorithm());
    if (algorithm == null) {
      return true;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(TEXT);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(TEXT);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // Of another curve or length: one cannot even read what the other has signed.
      return false;
    }
  }
}
