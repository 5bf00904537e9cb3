/** Several sources as one, a domain each. */
package org.mtl4j.data.union;
