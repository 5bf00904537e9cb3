/** AutoInt: Song and others 2019. */
package org.mtl4j.models.autoint;
